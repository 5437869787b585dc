import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { closeAll, openAll } from '../support/load.mjs';
import { PEERS } from '../support/peers.mjs';
import { median, row, rowWithoutYardstick } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import { BARE_WS_NAME, startBareWs, startExample, synthesizeEventSocket } from '../support/servers.mjs';

/** About as long as the event is when it arrives. */
const BROADCAST = JSON.stringify({ action: 'broadcast', pad: 'x'.repeat(280) });
const SUBSCRIBE = JSON.stringify({ action: 'subscribe', pattern: { 'source': ['bench'], 'detail-type': ['Fan-out'] } });

export default {
  name: 'fan-out',
  about: 'One event to many subscribers, until the last copy is there, beside a server that sends to all its sockets in a loop.',
  async run({ quick }) {
    const count = quick ? 50 : 1000;
    const events = quick ? 2 : 10;
    const directory = synthesizeEventSocket();

    /** Milliseconds from the sending of one message to the last of its copies, once the server has become warm. */
    const timed = async (connections, send) => {
      let arrived = 0;
      let all;
      connections.forEach(connection => connection.onFrame(() => ++arrived % count === 0 && all?.()));
      const times = [];
      for (let event = 0; event < events * 2; event++) {
        const last = new Promise(resolve => { all = resolve; });
        const started = process.hrtime.bigint();
        await send();
        await last;
        times.push(Number(process.hrtime.bigint() - started) / 1e6);
      }
      closeAll(connections);
      return median(times.slice(events));
    };
    const ours = async server => {
      const { connections } = await openAll(server.url, count);
      await Promise.all(connections.map(connection => connection.ask(SUBSCRIBE, '"type":"subscribed"')));
      const [{ BusName: bus }] = Object.values(server.ready.outputs);
      const client = new EventBridgeClient({ endpoint: server.ready.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
      const command = () => new PutEventsCommand({ Entries: [{ EventBusName: bus, Source: 'bench', DetailType: 'Fan-out', Detail: '{"orderId":7}' }] });
      const milliseconds = await timed(connections, () => { void client.send(command()); });
      client.destroy();
      return milliseconds;
    };
    const broadcast = async server => {
      const { connections } = await openAll(server.url, count);
      return timed(connections, () => connections[0].send(BROADCAST));
    };

    const peers = PEERS.filter(peer => peer.broadcasts);
    const samples = await inTurn(quick ? 1 : 5, {
      ours: { start: () => startExample(directory), measure: ours },
      bare: { start: startBareWs, measure: broadcast },
      ...Object.fromEntries(peers.filter(({ installed }) => installed).map(({ name, start }) => [name, { start, measure: broadcast }])),
    });
    const perSecond = times => times.map(milliseconds => count / milliseconds * 1000);
    const overPeer = { measure: `one event to ${count} sockets`, unit: 'copies/s', ours: perSecond(samples.ours) };
    return [
      row({ measure: `one event to ${count} sockets, last copy`, unit: 'ms', ours: samples.ours, yardstick: { name: BARE_WS_NAME, samples: samples.bare }, goal: { atMost: 10 } }),
      ...peers.map(({ name, remedy, goals, installed }) => installed
        ? row({ ...overPeer, goal: goals.broadcast, yardstick: { name, samples: perSecond(samples[name]) } })
        : rowWithoutYardstick({ ...overPeer, goal: goals.broadcast, name, remedy })),
    ];
  },
};
