import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Attack, Row } from '../support/attack';
import { DeadLetters } from '../support/dead-letters';
import { Outstanding } from '../support/outstanding';
import { Random } from '../support/random';
import { RunningRuntime } from '../support/running-runtime';
import { Detail, Interest, Subscriber } from '../support/subscriber';
import { synthesize, temporaryDirectory } from '../support/synthesize';

const MOST_CLIENTS = 2000;
const LONG_SECONDS = 600;
const SHARE = 0.4;
const CLIENTS_IN_ROOM = 10;
const TAGS = 50;
/** Copies that may be on their way: more wait for the machine, not for the network. */
const MOST_OUTSTANDING = 2000;
const PRODUCERS = 4;
const ENTRIES = 5;
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
/** In the long form a machine takes a minute or two. */
const SUBSCRIBE_SECONDS = 600;
/** Retries of retries come within this time, where any come. */
const QUIET_SECONDS = 60;

/** One in twenty calls of every service fails, some deliveries come late or twice, and some connections break. */
const RULES = [
  { name: 'throttled', service: '*', share: 0.02, error: 'throttled' },
  { name: 'internal', service: '*', share: 0.015, error: 'internal' },
  { name: 'unavailable', service: '*', share: 0.01, error: 'unavailable' },
  { name: 'done, and not told', service: '*', share: 0.005, error: 'internal', when: 'after' },
  { name: 'twice', caller: 'events', share: 0.01, duplicate: 100 },
  { name: 'late', caller: 'events', share: 0.01, delay: [100, 2000] },
  { name: 'push lost', socket: 'push', share: 0.0002, connection: 'lost' },
  { name: 'message lost', socket: 'message', share: 0.002, connection: 'lost' },
  { name: 'handshake lost', socket: 'connect', share: 0.01, connection: 'lost', when: 'after' },
];

/** Every event that matches what a connected client has subscribed to arrives, or lies in a dead-letter queue with its reason. */
export const attack: Attack = {
  name: 'delivery',
  async run({ seconds, seed }) {
    const time = seconds === undefined ? LONG_SECONDS : Math.max(2, seconds * SHARE);
    const count = time >= 60 ? MOST_CLIENTS : Math.max(20, Math.round(time * 10));
    const faults = join(temporaryDirectory(), 'faults.json');
    writeFileSync(faults, JSON.stringify({ seed, rules: RULES }));
    const runtime = await RunningRuntime.start({ assembly: synthesize(join(__dirname, '../app.ts')), faults });
    try {
      return await drive(runtime, { count, time, random: new Random(seed) });
    } finally {
      await runtime.stop();
    }
  },
};

async function drive(runtime: RunningRuntime, { count, time, random }: { count: number; time: number; random: Random }): Promise<Row[]> {
  const outstanding = new Outstanding();
  const rooms = Math.ceil(count / CLIENTS_IN_ROOM);
  const { apiId, stage } = runtime.apis[0];
  const url = `${runtime.endpoint.replace('http', 'ws')}/${apiId}/${stage}`;
  const clients = Array.from({ length: count }, (_, index) => new Subscriber(url, interests(index, rooms), {
    received: (client, { serial }) => outstanding.arrived(client, serial),
    excused: client => outstanding.excuse(client),
  }));
  const began = performance.now();
  await Promise.race([all(clients, 50, client => client.begin()), sleep(SUBSCRIBE_SECONDS * 1000)]);
  const unsubscribed = clients.filter(({ live }) => live.size === 0).length;
  const subscribed = (performance.now() - began) / 1000;

  const deadLetters = new DeadLetters(runtime.endpoint);
  const producer = new Producer(runtime, clients, outstanding, random, rooms);
  const end = performance.now() + time * 1000;
  const restless = (async () => {
    while (performance.now() < end) {
      await sleep(100);
      const client = random.pick(clients);
      await (random.chance(0.2) ? client.vanish() : client.renew());
    }
  })();
  await Promise.all([restless, ...Array.from({ length: PRODUCERS }, () => producer.produce(end))]);
  const produced = outstanding.copies;

  let last = performance.now();
  for (let before = outstanding.lost; outstanding.lost > 0 && performance.now() - last < QUIET_SECONDS * 1000; before = outstanding.lost) {
    await sleep(500);
    outstanding.found(await deadLetters.drain());
    if (outstanding.lost < before) {
      last = performance.now();
    }
  }
  const counts = await runtime.faults();
  const { lost } = outstanding;
  outstanding.describe(5).forEach(line => process.stderr.write(`  lost: ${line}\n`));
  clients.forEach(client => client.end());
  producer.stop();
  const calls = counts.find(({ name }) => name === 'throttled')!.seen;
  const failed = counts.filter(({ name }) => RULES.some(rule => rule.name === name && 'error' in rule)).reduce((sum, { injected }) => sum + injected, 0);
  return [
    { measure: 'clients that could not subscribe', figure: unsubscribed, unit: `of ${count}`, goal: { atMost: 0 } },
    { measure: 'copies of events that nobody has and no queue holds', figure: lost, unit: 'lost', goal: { atMost: 0 } },
    { measure: 'copies that arrived', figure: outstanding.arrivals, unit: `of ${produced} that had to`, goal: { atLeast: 1 } },
    { measure: 'events put', figure: producer.accepted, unit: 'events' },
    { measure: 'copies a second', figure: outstanding.arrivals / time, unit: `copies/s, to ${count} clients` },
    { measure: 'events in a dead-letter queue', figure: deadLetters.events, unit: 'events' },
    ...[...deadLetters.reasons].map(([reason, times]) => ({ measure: `of them for ${reason}`, figure: times, unit: 'events' })),
    { measure: 'of them without a reason', figure: deadLetters.withoutReason, unit: 'events', goal: { atMost: 0 } },
    { measure: 'excused, their clients having left meanwhile', figure: outstanding.excused, unit: 'copies' },
    { measure: 'calls of services that failed', figure: 100 * failed / calls, unit: `% of ${calls}`, goal: { atLeast: 4 } },
    { measure: 'connections that broke or ended', figure: clients.reduce((sum, { connects }) => sum + connects - 1, 0), unit: 'connections' },
    { measure: 'until all had subscribed', figure: subscribed, unit: 's' },
  ];
}

/** Rooms by an exact field, prices by a range, tags of a list. */
function interests(index: number, rooms: number): Interest[] {
  const room = `room-${index % rooms}`;
  const least = (index * 37) % 1000;
  const tag = `tag-${index % TAGS}`;
  return [
    index % 2 === 0
      ? { pattern: { source: ['soak'], detail: { room: [room] } }, matches: detail => detail.room === room }
      : { pattern: { source: ['soak'], detail: { room: [room], price: [{ numeric: ['>=', least] }] } }, matches: detail => detail.room === room && detail.price >= least },
    { pattern: { 'detail-type': ['Tagged'], 'detail': { tags: [tag], price: [{ numeric: ['<', 20] }] } }, matches: detail => detail.tags.includes(tag) && detail.price < 20 },
  ];
}

/** Puts events as fast as they are delivered. */
class Producer {
  private readonly client: EventBridgeClient;
  /** Events that were accepted. */
  accepted = 0;
  private serial = 0;

  constructor(
    private readonly runtime: RunningRuntime,
    private readonly clients: readonly Subscriber[],
    private readonly outstanding: Outstanding,
    private readonly random: Random,
    private readonly rooms: number,
  ) {
    this.client = new EventBridgeClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: CREDENTIALS, maxAttempts: 10 });
  }

  async produce(end: number): Promise<void> {
    while (performance.now() < end) {
      if (this.outstanding.size > MOST_OUTSTANDING) {
        await sleep(5);
        continue;
      }
      const details = Array.from({ length: ENTRIES }, () => this.detail());
      // Who is subscribed before the event is put has to get it.
      const due = details.map(detail => this.clients.filter(client => [...client.live.values()].some(interest => interest.matches(detail))));
      details.forEach(({ serial }, index) => this.outstanding.expect(serial, due[index]));
      try {
        const { Entries: entries = [] } = await this.client.send(new PutEventsCommand({
          Entries: details.map(detail => ({ EventBusName: this.runtime.outputs.BusName, Source: 'soak', DetailType: 'Tagged', Detail: JSON.stringify(detail) })),
        }));
        entries.forEach(({ EventId: id }, index) => id === undefined ? this.outstanding.forget(details[index].serial) : this.accepted++);
      } catch {
        // Nobody has promised anything.
        details.forEach(({ serial }) => this.outstanding.forget(serial));
      }
    }
  }

  stop(): void {
    this.client.destroy();
  }

  private detail(): Detail {
    const { random } = this;
    return {
      serial: this.serial++,
      room: `room-${random.below(this.rooms)}`,
      price: random.below(1000),
      tags: [`tag-${random.below(TAGS)}`, `tag-${random.below(TAGS)}`],
    };
  }
}

/** Does something with all, so many at once. */
async function all<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    while (next < items.length) {
      await work(items[next++]);
    }
  }));
}
