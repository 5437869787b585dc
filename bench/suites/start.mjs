import { closeAll, openAll } from '../support/load.mjs';
import { row } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import { BARE_WS_NAME, startBareWs, startRuntime, synthesizeExample } from '../support/servers.mjs';

export default {
  name: 'start',
  about: 'From the start of the process to its first accepted connection, once the app is synthesized.',
  async run({ quick }) {
    const example = synthesizeExample('lambdaless-eventbridge');
    const timed = start => {
      let started;
      return {
        start: () => {
          started = process.hrtime.bigint();
          return start();
        },
        measure: async server => {
          const { connections } = await openAll(server.url, 1);
          const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
          closeAll(connections);
          return milliseconds;
        },
      };
    };
    const { ours, subscriptions, bare } = await inTurn(quick ? 1 : 11, {
      bare: timed(() => startBareWs()),
      ours: timed(() => startRuntime()),
      subscriptions: timed(() => startRuntime({ directory: example })),
    });
    const common = { unit: 'ms', yardstick: { name: BARE_WS_NAME, samples: bare }, goal: { atMost: 4 } };
    return [
      row({ measure: 'first connection: the app of these suites', ours, ...common }),
      row({ measure: 'first connection: lambdaless-eventbridge', ours: subscriptions, ...common }),
    ];
  },
};
