import { setTimeout as sleep } from 'node:timers/promises';
import { closeAll, openAll } from '../support/load.mjs';
import { row } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import { BARE_WS_NAME, startBareWs, startRuntime } from '../support/servers.mjs';

export default {
  name: 'idle',
  about: 'What connections cost that are open and say nothing; of ours, each has its row in the table.',
  async run({ quick }) {
    const count = quick ? 200 : 10_000;
    const measure = async server => {
      const before = await server.usage();
      const { connections } = await openAll(server.url, count);
      await sleep(quick ? 100 : 2_000);
      const after = await server.usage();
      closeAll(connections);
      return (after.residentBytes - before.residentBytes) / count / 1000;
    };
    const { ours, bare } = await inTurn(quick ? 1 : 3, {
      ours: { start: () => startRuntime(), measure },
      bare: { start: () => startBareWs(), measure },
    });
    return [row({ measure: `memory of ${count.toLocaleString('en-US')}`, unit: 'kB/connection', ours, yardstick: { name: BARE_WS_NAME, samples: bare }, goal: { atMost: 2 } })];
  },
};
