import { closeAll, converse, openAll } from '../support/load.mjs';
import { row, rowWithoutYardstick } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import { BARE_WS_NAME, hasServerlessOffline, SERVERLESS_OFFLINE_NAME, SERVERLESS_OFFLINE_REMEDY, startBareWs, startRuntime, startServerlessOffline } from '../support/servers.mjs';

const CONNECTIONS = 100;
const MESSAGE = `{"action":"echo","id":"{id}","pad":"${'x'.repeat(80)}"}`;
const EXPECTED = '"id":"{id}"';

/** A message through a MOCK integration with a request and a response template, beside a server that sends back what it parsed. */
export default {
  name: 'echo',
  async run({ quick }) {
    const time = quick ? { warmup: 0.1, seconds: 0.2 } : { warmup: 2, seconds: 4 };
    const measure = async server => {
      const { connections } = await openAll(server.url, CONNECTIONS);
      const result = await converse(server, connections, { message: MESSAGE, expected: EXPECTED, ...time });
      closeAll(connections);
      return result;
    };
    const peer = hasServerlessOffline();
    const { ours, logging, bare, offline } = await inTurn(quick ? 1 : 5, {
      ours: { start: () => startRuntime(), measure },
      logging: { start: () => startRuntime({ log: true }), measure },
      bare: { start: startBareWs, measure },
      ...(peer ? { offline: { start: startServerlessOffline, measure } } : {}),
    });
    const cpu = samples => samples.map(({ cpuMicroseconds }) => cpuMicroseconds);
    const rate = samples => samples.map(({ perSecond }) => perSecond);
    const overPeer = { measure: 'throughput', unit: 'messages/s', ours: rate(ours), goal: { atLeast: 4 } };
    return [
      row({ measure: 'server CPU', unit: 'µs/message', ours: cpu(ours), yardstick: { name: BARE_WS_NAME, samples: cpu(bare) }, goal: { atMost: 2 } }),
      row({ measure: 'throughput', unit: 'messages/s', ours: rate(ours), yardstick: { name: BARE_WS_NAME, samples: rate(bare) }, goal: { atLeast: 0.5 } }),
      row({ measure: 'server CPU, with its log', unit: 'µs/message', ours: cpu(logging), yardstick: { name: BARE_WS_NAME, samples: cpu(bare) } }),
      peer
        ? row({ ...overPeer, yardstick: { name: SERVERLESS_OFFLINE_NAME, samples: rate(offline) } })
        : rowWithoutYardstick({ ...overPeer, name: SERVERLESS_OFFLINE_NAME, remedy: SERVERLESS_OFFLINE_REMEDY }),
    ];
  },
};
