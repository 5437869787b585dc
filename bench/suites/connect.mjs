import { closeAll, openAll } from '../support/load.mjs';
import { row } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import { BARE_WS_NAME, startBareWs, startRuntime } from '../support/servers.mjs';

export default {
  name: 'connect',
  about: 'Handshakes: ours run `$connect`, which writes a row.',
  async run({ quick }) {
    const count = quick ? 200 : 4000;
    const measure = async server => {
      // What a server compiles at its first connections is not what it does at the next thousands.
      const warmup = await openAll(server.url, count / 4);
      const before = await server.usage();
      const { connections, seconds } = await openAll(server.url, count);
      const after = await server.usage();
      closeAll([...warmup.connections, ...connections]);
      return { perSecond: count / seconds, cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / count };
    };
    const { ours, bare } = await inTurn(quick ? 1 : 5, {
      ours: { start: () => startRuntime(), measure },
      bare: { start: () => startBareWs(), measure },
    });
    const cpu = samples => samples.map(({ cpuMicroseconds }) => cpuMicroseconds);
    const rate = samples => samples.map(({ perSecond }) => perSecond);
    return [
      row({ measure: 'server CPU', unit: 'µs/connection', ours: cpu(ours), yardstick: { name: BARE_WS_NAME, samples: cpu(bare) } }),
      row({ measure: 'handshakes', unit: 'connections/s', ours: rate(ours), yardstick: { name: BARE_WS_NAME, samples: rate(bare) }, goal: { atLeast: 0.5 } }),
    ];
  },
};
