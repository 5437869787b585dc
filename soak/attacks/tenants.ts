import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { WebSocketClient } from '../../integ/websocket-client';
import { Admission, SubscriptionConstraint } from '../../src';
import { RunningSocket } from '../../test/contract/running-socket';
import { Attack } from '../support/attack';
import { Random } from '../support/random';

const TRIES = 100_000;
const CLIENTS = 40;
const EVENTS = 100;
const PATTERNS = 3;

const TENANTS = ['acme', 'Acme', 'acm', 'acme ', 'victim', '*', '"', '\\', '$context.connectionId', '{% 1 %}', '__proto__', 'a"},{"detail.tenantId":"victim', 'null', '7', 'é', '#', 'acme#victim'];
const REGIONS = ['eu', 'us', 'eu"', '*'];
const SOURCES = ['shop', 'billing', 'secret', 'shop '];
const LEVELS = ['public', 'internal', 'Public', ''];

type Claims = Readonly<Record<string, string>>;

/** A policy, and by hand what it says. */
interface Policy {
  readonly constraints: SubscriptionConstraint[];
  readonly claims: string[];
  readonly fields: readonly string[];
  readonly sources: readonly string[];
  readonly levels: readonly string[];
  allows(event: any, claims: Claims): boolean;
}

/** Clients of many tenants subscribe to whatever they like, under policies of any kind: none receives what its policy does not let through. */
export const attack: Attack = {
  name: 'tenants',
  async run({ seconds, seed }) {
    const random = new Random(seed);
    const tries = seconds === undefined ? TRIES : Math.min(TRIES, Math.max(1000, Math.round(seconds * 50)));
    const tally = { tries: 0, leaks: 0, arrived: 0, policies: 0, refused: 0 };
    while (tally.tries < tries) {
      await tryPolicy(random, Math.min(EVENTS, Math.ceil((tries - tally.tries) / CLIENTS)), tally);
    }
    return [
      { measure: 'events that reached a client whose policy forbids it', figure: tally.leaks, unit: `of ${tally.tries.toLocaleString('en-US')} tries`, goal: { atMost: 0 } },
      { measure: 'events that arrived, as they had to', figure: tally.arrived, unit: `under ${tally.policies} policies`, goal: { atLeast: 1 } },
      { measure: 'connections with a ticket for somebody else', figure: tally.refused, unit: 'refused, and none let in' },
    ];
  },
};

interface Tally {
  tries: number;
  leaks: number;
  arrived: number;
  policies: number;
  refused: number;
}

async function tryPolicy(random: Random, eventCount: number, tally: Tally): Promise<void> {
  const policy = anyPolicy(random);
  const running = await RunningSocket.start({
    props: () => ({ admission: Admission.ticket({ claims: policy.claims }), allow: policy.constraints, indexedFields: [...policy.fields] }),
  });
  const dynamodb = new DynamoDBClient({ endpoint: running.runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  try {
    const clients: Array<{ socket: WebSocketClient; claims: Record<string, string> }> = [];
    for (let index = 0; index < CLIENTS; index++) {
      const claims = Object.fromEntries(policy.claims.map(claim => [claim, random.pick(claim === 'tenantId' ? TENANTS : REGIONS)]));
      const forged = { ...claims, tenantId: claims.tenantId === 'victim' ? 'acme' : 'victim' };
      if (index % 10 === 0) {
        // As somebody else.
        const isIn = await connect(running, dynamodb, claims, forged).then(() => true, () => false);
        tally.leaks += Number(isIn);
        tally.refused += Number(!isIn);
      }
      const socket = await connect(running, dynamodb, claims, claims);
      clients.push({ socket, claims });
      for (let count = 0; count < PATTERNS; count++) {
        const forgery = random.chance(0.3) ? { claim_tenantId: '"victim"', tenantId: 'victim', claims: forged } : {};
        const answer = await socket.request({ ...forgery, action: 'subscribe', pattern: anyPattern(random) });
        if (answer.type !== 'subscribed' && answer.error?.code !== 'InvalidEventPattern') {
          throw new Error(JSON.stringify(answer));
        }
      }
    }
    const sent = new Map<string, any>();
    while (sent.size < eventCount) {
      await Promise.all(Array.from({ length: Math.min(10, eventCount - sent.size) }, async () => {
        const source = random.pick(random.chance(0.7) && policy.sources.length > 0 ? policy.sources : SOURCES);
        const detail = anyDetail(random, policy, random.pick(clients).claims);
        sent.set(await running.put(detail, source, random.pick(['Sold', 'Paid'])), { source, detail });
      }));
    }
    await running.delivered(eventCount);
    for (const { socket, claims } of clients) {
      for (const { id } of await received(socket)) {
        const isAllowed = policy.allows(sent.get(id), claims);
        tally.arrived += Number(isAllowed);
        if (!isAllowed) {
          // A few explain the others.
          if (tally.leaks++ < 5) {
            process.stderr.write(`  leak: ${JSON.stringify({ claims, event: sent.get(id) })}\n`);
          }
        }
      }
    }
    tally.tries += clients.length * sent.size;
    tally.policies++;
  } finally {
    dynamodb.destroy();
    await running.stop();
  }
}

function anyPolicy(random: Random): Policy {
  const sources = SOURCES.filter(() => random.chance(0.5));
  const levels = random.chance(0.3) ? LEVELS.filter(() => random.chance(0.5)) : [];
  const claims = random.chance(0.3) ? ['tenantId', 'region'] : ['tenantId'];
  const fixed = [['source', sources], ['detail.level', levels]].filter(([, values]) => values.length > 0) as [string, string[]][];
  return {
    claims,
    sources,
    levels,
    constraints: [
      ...fixed.map(([path, values]) => SubscriptionConstraint.fieldEquals(path, ...values)),
      ...claims.map(claim => SubscriptionConstraint.fieldEqualsClaim(`detail.${claim}`, claim)),
    ],
    fields: random.pick([[], ['detail.orderId'], ['detail.orderId', 'detail.level']]),
    allows: (event, given) => fixed.every(([path, values]) => valuesAt(event, path).some(value => values.includes(value as string)))
      && claims.every(claim => valuesAt(event, `detail.${claim}`).includes(given[claim])),
  };
}

/** What stands at a path: each of a list's values, and of lists in lists. */
function valuesAt(value: unknown, path: string): unknown[] {
  let values = [value].flat(Infinity);
  for (const name of path.split('.')) {
    values = values.flatMap(each => typeof each === 'object' && each !== null && Object.hasOwn(each, name) ? [(each as any)[name]].flat(Infinity) : []);
  }
  return values;
}

function anyPattern(random: Random): object {
  const leaf = () => Array.from({ length: 1 + random.below(2) }, () => random.pick<unknown>([
    random.pick(TENANTS), 'shop', 'secret', 7, null, { exists: true }, { exists: false }, { prefix: '' }, { prefix: 'a' }, { suffix: 'e' }, { 'anything-but': ['acme'] }, { 'anything-but': { prefix: 'x' } },
    { wildcard: '*' }, { wildcard: '*m*' }, { 'equals-ignore-case': 'VICTIM' }, { numeric: ['>', 0] },
  ]));
  const detail = () => Object.fromEntries(['tenantId', 'region', 'level', 'orderId'].filter(() => random.chance(0.3)).map(name => [name, leaf()]));
  const part = () => {
    const made = detail();
    return {
      ...random.chance(0.2) ? { source: leaf() } : {},
      ...random.chance(0.2) ? { 'detail-type': ['Sold'] } : {},
      ...Object.keys(made).length > 0 ? { detail: made } : { version: ['0'] },
    };
  };
  return random.chance(0.3) ? { ...part(), $or: [part(), part()] } : part();
}

/** Half of them for one of the clients, and all with something that could be taken for it. */
function anyDetail(random: Random, { levels }: Policy, claims: Claims): object {
  const among = (values: readonly string[]) => random.pick<unknown>([
    ...[1, 2, 3].map(() => random.pick(values)), [random.pick(values), random.pick(values)], [random.pick(values), [random.pick(values)]],
    [], null, 7, { [random.pick(values)]: random.pick(values) }, undefined,
  ]);
  const meant = random.chance(0.5) ? { ...claims, ...levels.length > 0 ? { level: random.pick(levels) } : {} } : {};
  return { tenantId: among(TENANTS), region: among(REGIONS), level: among(LEVELS), ...meant, orderId: random.pick<unknown>([7, 'acme', ['victim', 7], { tenantId: 'victim' }]) };
}

/** Connects with a ticket that vouches for some claims, as if for others. */
async function connect(running: RunningSocket, dynamodb: DynamoDBClient, claims: Claims, asIf: Claims): Promise<WebSocketClient> {
  const ticket = randomUUID();
  await dynamodb.send(new PutItemCommand({
    TableName: running.outputs.TableName,
    Item: {
      pk: { S: `ticket#${ticket}` },
      sk: { S: 'ticket' },
      expiresAt: { N: `${Math.floor(Date.now() / 1000) + 600}` },
      ...Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, { S: value }])),
    },
  }));
  return WebSocketClient.connect(`${running.outputs.Url}?${new URLSearchParams({ ticket, ...asIf }).toString()}`);
}

/** What a client has received since it was last asked. */
async function received(client: WebSocketClient): Promise<Array<{ id: string }>> {
  client.send({ action: 'ping' });
  const messages = [];
  for (let message = await client.next(); message.type !== 'pong'; message = await client.next()) {
    messages.push(message);
  }
  return messages;
}
