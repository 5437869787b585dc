import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import WebSocket from 'ws';
import { parseFaults } from '../../local/faults/read-faults';
import { MovableClock } from '../../local/kernel/movable-clock';
import { loadAssembly } from '../../local/kernel/template';
import { Runtime, SERVICES, startRuntime } from '../../local/main';
import { TestKernel } from '../../test/support/test-kernel';
import { Attack, Row } from '../support/attack';
import { Random } from '../support/random';
import { synthesizeExample } from '../support/synthesize';

const CLIENTS = 2000;
const HOUR = 60 * 60 * 1000;
/** No row of a connection is kept for longer: it lasts two hours at most. */
const EXPIRY = 3 * HOUR;
const SWEEP = 2 * 60 * 1000;

/** Clients that vanish, of which `$disconnect` never speaks: the expiry of their rows, or the sweep, removes whatever they have left. */
export const attack: Attack = {
  name: 'vanish',
  async run({ seconds, seed }) {
    const count = seconds === undefined ? CLIENTS : Math.max(10, Math.min(CLIENTS, Math.round(seconds * 2)));
    return [
      ...await vanish('lambdaless-eventbridge', count, new Random(seed), { action: 'subscribe', pattern: { source: ['soak'] } }, EXPIRY, 'expiry'),
      ...await vanish('webchat', count, new Random(seed), { action: 'list' }, SWEEP, 'sweep'),
    ];
  },
};

async function vanish(example: string, count: number, random: Random, message: object, later: number, what: string): Promise<Row[]> {
  const clock = new MovableClock();
  const runtime = await startRuntime({ stacks: loadAssembly(synthesizeExample(example)), port: 0, clock });
  try {
    const stay = await Promise.all(Array.from({ length: 5 }, () => connect(runtime, message)));
    const clients: WebSocket[] = [];
    while (clients.length < count) {
      clients.push(...await Promise.all(Array.from({ length: Math.min(50, count - clients.length) }, () => connect(runtime, message))));
    }
    const services = new TestKernel(...SERVICES).kernel.services;
    // What is to delete their rows fails, whoever of them says goodbye.
    runtime.faults.replace(parseFaults(JSON.stringify({ rules: [{ service: 'dynamodb', caller: 'execute-api', error: 'unavailable' }] }), 'faults', services));
    clients.forEach(client => random.chance(0.5) ? client.terminate() : client.close());
    await until(() => runtime.faults.states()[0].injected >= count);
    const left = await rows(runtime);
    runtime.faults.replace({ seed: 1, rules: [] });
    if (what === 'expiry') {
      stay.forEach(client => client.terminate());
    }
    await clock.advance(later);
    const most = what === 'expiry' ? 0 : stay.length;
    await until(async () => await rows(runtime) <= most, 30);
    const remaining = await rows(runtime);
    stay.forEach(client => client.terminate());
    return [
      { measure: `rows too many or too few after the ${what}`, figure: Math.abs(remaining - most), unit: 'rows', goal: { atMost: 0 } },
      { measure: 'rows before it', figure: left, unit: 'rows', goal: { atLeast: count } },
    ];
  } finally {
    await runtime.stop();
  }
}

/** Connects and says something, again and again for as long as it is throttled. */
async function connect(runtime: Runtime, message: object): Promise<WebSocket> {
  const { apiId, stage } = runtime.apis[0];
  for (let attempt = 0; attempt < 1000; attempt++, await sleep(100)) {
    const socket = new WebSocket(`${runtime.endpoint.replace('http', 'ws')}/${apiId}/${stage}`);
    const connected = await new Promise(resolve => socket.once('open', () => resolve(true)).once('error', () => resolve(false)));
    socket.on('error', () => {});
    while (connected && socket.readyState === WebSocket.OPEN) {
      const answered = new Promise<string>(resolve => socket.once('message', data => resolve(String(data))).once('close', () => resolve('')));
      socket.send(JSON.stringify(message));
      if (!/^$|Too Many Requests/.test(await answered)) {
        return socket;
      }
      await sleep(100);
    }
  }
  throw new Error('A client cannot connect, or gets no answer.');
}

/** What all tables hold. */
async function rows({ endpoint, stacks }: Runtime): Promise<number> {
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  let count = 0;
  for (const { physicalId, type } of stacks[0].resources) {
    if (type === 'AWS::DynamoDB::Table') {
      for await (const { Count: found = 0 } of paginateScan({ client }, { TableName: physicalId })) {
        count += found;
      }
    }
  }
  client.destroy();
  return count;
}

/** Looks until it is so, or for as long. */
async function until(condition: () => boolean | Promise<boolean>, seconds = 120): Promise<void> {
  for (const end = performance.now() + seconds * 1000; !await condition() && performance.now() < end;) {
    await sleep(50);
  }
}
