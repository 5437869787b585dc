import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { closeAll, openAll } from '../support/load.mjs';
import { median, row, rowWithoutYardstick } from '../support/row.mjs';
import { inTurn } from '../support/server.mjs';
import {
  BARE_WS_NAME, hasServerlessOffline, SERVERLESS_OFFLINE_NAME, SERVERLESS_OFFLINE_REMEDY, startBareWs, startExample, startServerlessOffline, synthesizeExample,
} from '../support/servers.mjs';

/** About as long as the event is when it arrives. */
const BROADCAST = JSON.stringify({ action: 'broadcast', pad: 'x'.repeat(280) });
const SUBSCRIBE = JSON.stringify({ action: 'subscribe', pattern: { 'source': ['bench'], 'detail-type': ['Fan-out'] } });

/** One event to many subscribers, until the last copy is there, beside a server that sends to all its sockets in a loop. */
export default {
  name: 'fan-out',
  async run({ quick }) {
    const count = quick ? 50 : 1000;
    const events = quick ? 2 : 10;
    const directory = synthesizeExample('lambdaless-eventbridge');

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

    const peer = hasServerlessOffline();
    const samples = await inTurn(quick ? 1 : 5, {
      ours: { start: () => startExample(directory), measure: ours },
      bare: { start: startBareWs, measure: broadcast },
      ...(peer ? { offline: { start: startServerlessOffline, measure: broadcast } } : {}),
    });
    const perSecond = times => times.map(milliseconds => count / milliseconds * 1000);
    const overPeer = { measure: `one event to ${count} sockets`, unit: 'copies/s', ours: perSecond(samples.ours), goal: { atLeast: 3 } };
    return [
      row({ measure: `one event to ${count} sockets, last copy`, unit: 'ms', ours: samples.ours, yardstick: { name: BARE_WS_NAME, samples: samples.bare }, goal: { atMost: 10 } }),
      peer
        ? row({ ...overPeer, yardstick: { name: SERVERLESS_OFFLINE_NAME, samples: perSecond(samples.offline) } })
        : rowWithoutYardstick({ ...overPeer, name: SERVERLESS_OFFLINE_NAME, remedy: SERVERLESS_OFFLINE_REMEDY }),
    ];
  },
};
