import { closeAll, converse, openAll } from '../support/load.mjs';
import { PEERS } from '../support/peers.mjs';
import { row, rowWithoutYardstick } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import { BARE_WS_NAME, startBareWs, startRuntime } from '../support/servers.mjs';

const CONNECTIONS = 100;
const MESSAGE = `{"action":"echo","id":"{id}","pad":"${'x'.repeat(80)}"}`;
const EXPECTED = '"id":"{id}"';

export default {
  name: 'echo',
  about: 'A message through a MOCK integration with a request and a response template, beside a server that sends back what it parsed.',
  async run({ quick }) {
    const time = quick ? { warmup: 0.1, seconds: 0.2 } : { warmup: 2, seconds: 4 };
    const measure = count => async server => {
      const { connections } = await openAll(server.url, count);
      const result = await converse(server, connections, { message: MESSAGE, expected: EXPECTED, ...time });
      closeAll(connections);
      return result;
    };
    const peers = PEERS.filter(peer => peer.installed);
    const { ours, logging, bare, ...others } = await inTurn(quick ? 1 : 5, {
      ours: { start: () => startRuntime(), measure: measure(CONNECTIONS) },
      logging: { start: () => startRuntime({ log: true }), measure: measure(CONNECTIONS) },
      bare: { start: startBareWs, measure: measure(CONNECTIONS) },
      ...Object.fromEntries(peers.map(({ name, start, connections = CONNECTIONS }) => [name, { start, measure: measure(connections) }])),
    });
    const cpu = samples => samples.map(({ cpuMicroseconds }) => cpuMicroseconds);
    const rate = samples => samples.map(({ perSecond }) => perSecond);
    return [
      row({ measure: 'server CPU', unit: 'µs/message', ours: cpu(ours), yardstick: { name: BARE_WS_NAME, samples: cpu(bare) }, goal: { atMost: 2 } }),
      row({ measure: 'throughput', unit: 'messages/s', ours: rate(ours), yardstick: { name: BARE_WS_NAME, samples: rate(bare) }, goal: { atLeast: 0.5 } }),
      row({ measure: 'server CPU, with its log', unit: 'µs/message', ours: cpu(logging), yardstick: { name: BARE_WS_NAME, samples: cpu(bare) } }),
      ...PEERS.flatMap(({ name, remedy, goals, installed }) => installed
        ? [
          row({ measure: 'server CPU', unit: 'µs/message', ours: cpu(ours), yardstick: { name, samples: cpu(others[name]) } }),
          row({ measure: 'throughput', unit: 'messages/s', ours: rate(ours), yardstick: { name, samples: rate(others[name]) }, goal: goals.echo }),
        ]
        : [rowWithoutYardstick({ measure: 'throughput', unit: 'messages/s', ours: rate(ours), name, remedy, goal: goals.echo })]),
    ];
  },
};
