import { closeAll, converse, openAll } from '../support/load.mjs';
import { row } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import { BARE_WS_NAME, startBareWs, startRuntime } from '../support/servers.mjs';

const CONNECTIONS = 100;
const PAD = 'x'.repeat(80);

export default {
  name: 'store',
  about: 'A message through a template into a table, and an answer; beside a server that only sends back what it parsed.',
  async run({ quick }) {
    const time = quick ? { warmup: 0.1, seconds: 0.2 } : { warmup: 2, seconds: 4 };
    const measure = (action, expected) => async server => {
      const { connections } = await openAll(server.url, CONNECTIONS);
      const result = await converse(server, connections, { message: `{"action":"${action}","id":"{id}","pad":"${PAD}"}`, expected, ...time });
      closeAll(connections);
      return result;
    };
    const { ours, bare } = await inTurn(quick ? 1 : 5, {
      ours: { start: () => startRuntime(), measure: measure('store', '{"stored":"') },
      bare: { start: () => startBareWs(), measure: measure('echo', '"id":"{id}"') },
    });
    const yardstick = samples => ({ name: `${BARE_WS_NAME}, echo`, samples });
    const cpu = samples => samples.map(({ cpuMicroseconds }) => cpuMicroseconds);
    const rate = samples => samples.map(({ perSecond }) => perSecond);
    return [
      row({ measure: 'server CPU', unit: 'µs/message', ours: cpu(ours), yardstick: yardstick(cpu(bare)) }),
      row({ measure: 'throughput', unit: 'messages/s', ours: rate(ours), yardstick: yardstick(rate(bare)), goal: { atLeast: 0.3 } }),
    ];
  },
};
