import { Command } from 'commander';
import { DEFAULT_ENDPOINT } from './options';
import { UsageError } from './report';
import { RunningRuntime } from './running-runtime';
import { verdictText } from './verdict-text';
import { Ask, whoTakes } from '../inspector/who-takes';

/** What operations are called by, where a service speaks JSON. */
const TARGET_PREFIXES: Readonly<Record<string, string>> = { events: 'AWSEvents', dynamodb: 'DynamoDB_20120810' };

interface SendOptions {
  readonly endpoint: string;
  readonly bus?: string;
  readonly source: string;
  readonly detailType: string;
  readonly connection?: string;
  readonly why?: boolean;
  readonly json?: boolean;
}

/** `lambdaless send`: an event onto a bus of the running runtime, or a message to one connection. */
export function addSendCommand(program: Command): void {
  program.command('send').description('put an event on a bus of the running runtime, or send a message to one connection')
    .argument('[detail]', 'the detail of the event as JSON, or the message; "-" reads it from standard input', '{}')
    .option('--source <source>', 'the source of the event', 'lambdaless.send')
    .option('--detail-type <type>', 'the detail type of the event', 'Sent')
    .option('--bus <name>', 'the event bus (default: the one bus that is not the account\'s default bus)')
    .option('--connection <id>', 'send the text to this connection, as POST @connections does, in the place of an event')
    .option('--why', 'tell who takes the event and who does not, field by field')
    .option('--endpoint <url>', 'where the runtime listens', DEFAULT_ENDPOINT)
    .option('--json', 'print one JSON object, for programs')
    .action(async (given: string, options: SendOptions) => {
      const text = given === '-' ? await standardInput() : given;
      const runtime = new RunningRuntime(options.endpoint);
      const sent = options.connection === undefined ? await putEvent(runtime, text, options) : await post(runtime, options.connection, text);
      process.stdout.write(options.json ? `${JSON.stringify(sent.json)}\n` : `${sent.text}\n`);
    });
}

interface Sent {
  readonly json: object;
  readonly text: string;
}

async function putEvent(runtime: RunningRuntime, text: string, { bus, source, detailType, why }: SendOptions): Promise<Sent> {
  const detail = parseDetail(text);
  const { name: busName, arn } = await chooseBus(runtime, bus);
  const put = { EventBusName: busName, Source: source, DetailType: detailType, Detail: text };
  const { Entries: [entry] } = await runtime.call('events', TARGET_PREFIXES.events, 'PutEvents', { Entries: [put] });
  if (entry.ErrorCode) {
    throw new UsageError(`The event was refused: ${entry.ErrorCode}: ${entry.ErrorMessage}`);
  }
  const [,,, region, account] = arn.split(':');
  const time = new Date().toISOString().replace(/\.\d+/, '');
  const event = { 'version': '0', 'id': entry.EventId, 'detail-type': detailType, source, account, time, region, 'resources': [], detail };
  const ask: Ask = (service, operation, input) => runtime.call(service, TARGET_PREFIXES[service], operation, input);
  const verdicts = why ? await whoTakes(ask, busName, event) : undefined;
  const sent = `Sent "${detailType}" from "${source}" to ${busName} as event ${entry.EventId}.`;
  return {
    json: { eventId: entry.EventId, bus: busName, source, detailType, ...verdicts && { why: verdicts } },
    text: verdicts ? `${sent}\n\n${verdictText(verdicts).trimEnd()}` : `${sent} --why tells who takes it, and who does not.`,
  };
}

function parseDetail(detail: string): object {
  let value: unknown;
  try {
    value = JSON.parse(detail);
  } catch (error) {
    throw new UsageError(`The detail is no JSON: ${(error as Error).message}. Quote it for the shell: lambdaless send '{"orderId":7}'.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`The detail of an event is a JSON object, such as {"orderId":7}; received ${detail}.`);
  }
  return value;
}

/** EventBridge takes events for a bus that does not exist, and says nothing. */
async function chooseBus(runtime: RunningRuntime, wanted: string | undefined): Promise<{ name: string; arn: string }> {
  const { EventBuses: found } = await runtime.call('events', TARGET_PREFIXES.events, 'ListEventBuses', {}) as { EventBuses: Array<{ Name: string; Arn: string }> };
  const buses = found.map(({ Name: name, Arn: arn }) => ({ name, arn }));
  if (wanted !== undefined) {
    const bus = buses.find(({ name, arn }) => wanted === name || wanted === arn);
    if (!bus) {
      throw new UsageError(`There is no bus ${wanted}; there are ${buses.map(({ name }) => name).join(', ')}.`);
    }
    return bus;
  }
  const own = buses.filter(({ name }) => name !== 'default');
  if (own.length > 1) {
    throw new UsageError(`There are several buses, choose one with --bus: ${own.map(({ name }) => name).join(', ')}, default.`);
  }
  return own[0] ?? buses[0];
}

/** The connection is in one of the APIs. */
async function post(runtime: RunningRuntime, connectionId: string, text: string): Promise<Sent> {
  const urls = await runtime.webSocketUrls();
  for (const url of urls) {
    const { pathname } = new URL(url);
    const { status, body } = await runtime.post(`${pathname}/@connections/${encodeURIComponent(connectionId)}`, 'execute-api', text);
    if (status === 200) {
      return { json: { connectionId, url, bytes: Buffer.byteLength(text) }, text: `Sent ${Buffer.byteLength(text)} bytes to ${connectionId}.` };
    }
    if (status !== 410 && status !== 400) {
      throw new UsageError(`The message was refused with status ${status}: ${body}`);
    }
  }
  throw new UsageError(`No API has the connection ${connectionId}: it has ended, or never was.`);
}

async function standardInput(): Promise<string> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part;
  }
  return text;
}
