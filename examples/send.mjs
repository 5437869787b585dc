// Puts one event on the bus of the example that `npm start` runs: npm run send -- '<detail json>' [source] [detail-type]
import { EventBridgeClient, ListEventBusesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';

// What the SDK has to say about versions of Node is for those who deploy it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const [detail = '{"hello":"world"}', source = 'shop', detailType = 'OrderPlaced'] = process.argv.slice(2);
const endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4510';
const client = new EventBridgeClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });

const quoted = text => /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

try {
  const { EventBuses: buses } = await client.send(new ListEventBusesCommand({}));
  const bus = buses.find(({ Name: name }) => name !== 'default') ?? buses[0];
  const { Entries: [entry] } = await client.send(new PutEventsCommand({
    Entries: [{ EventBusName: bus.Name, Source: source, DetailType: detailType, Detail: detail }],
  }));
  if (entry.ErrorCode) {
    throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
  }
  console.log(`Sent "${detailType}" from "${source}" to ${bus.Name} as event ${entry.EventId}.`);
  console.log(`Nobody got it? npx lambdaless send ${[detail, '--source', source, '--detail-type', detailType].map(quoted).join(' ')} --why tells why.`);
} catch (error) {
  const reason = error.code === 'ECONNREFUSED' ? `nothing listens on ${endpoint}; run npm start first` : error.message;
  console.error(`The event was not sent: ${reason}.`);
  process.exitCode = 1;
}
