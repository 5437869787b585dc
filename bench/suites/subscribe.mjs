import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { closeAll, openAll } from '../support/load.mjs';
import { row } from '../support/row.mjs';
import { startExample, synthesizeEventSocket } from '../support/servers.mjs';

const CONNECTIONS = 20;
const PATIENCE_MILLISECONDS = 10_000;

export default {
  name: 'subscribe',
  about: 'Subscribes and, as soon as that is acknowledged, puts the event: how many arrive.',
  async run({ quick }) {
    const count = quick ? 100 : 10_000;
    const server = await startExample(synthesizeEventSocket());
    const [{ BusName: bus }] = Object.values(server.ready.outputs);
    const client = new EventBridgeClient({ endpoint: server.ready.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    const { connections } = await openAll(server.url, CONNECTIONS);

    const rounds = async (connection, name) => {
      let delivered = 0;
      for (let round = 0; round < count / CONNECTIONS; round++) {
        const source = `${name}-${round}`;
        await connection.ask(JSON.stringify({ action: 'subscribe', subscriptionId: 'now', pattern: { source: [source] } }), '"type":"subscribed"');
        const arrival = connection.answer(PATIENCE_MILLISECONDS);
        await client.send(new PutEventsCommand({ Entries: [{ EventBusName: bus, Source: source, DetailType: 'Now', Detail: '{}' }] }));
        delivered += (await arrival)?.includes(`"source":"${source}"`) ? 1 : 0;
      }
      return delivered;
    };
    const started = process.hrtime.bigint();
    const delivered = (await Promise.all(connections.map((connection, index) => rounds(connection, `client-${index}`)))).reduce((sum, each) => sum + each, 0);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    closeAll(connections);
    client.destroy();
    await server.stop();
    return [
      row({ measure: 'put right after the acknowledgement: delivered', unit: 'events', ours: [delivered], yardstick: { name: 'events put', samples: [count] }, goal: { atLeast: 1, atMost: 1 } }),
      { measure: 'one after another, of 20 clients', unit: 'subscriptions and events/s', ours: count / seconds },
    ];
  },
};
