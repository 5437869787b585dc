import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import WebSocket from 'ws';
import { Attack, Row } from '../support/attack';
import { garbled, hostileValue, mutated } from '../support/hostile';
import { Random } from '../support/random';
import { anyRequest, CLEANING } from '../support/requests';
import { RunningRuntime } from '../support/running-runtime';
import { send, signed } from '../support/signed';
import { synthesizeExample } from '../support/synthesize';

const LONG_SECONDS = 1800;
const SHARE = 0.35;
const PATIENCE = 60_000;
const EXAMPLES = ['lambdaless-eventbridge', 'echo', 'webhook'];
const MAPPINGS = ['$input.path("$.a")', '#set($a = $input.path("$"))#foreach($x in $a.list)$x.b #if($x > 1)#end #end', '{"a":"$util.escapeJavaScript($input.body)","b":$input.json("$.a[0]")}', '#macro(m $x)$x#end#m($context.connectionId)'];
const MEGABYTE = 1024 * 1024;
/** What a heap may differ by from one look to the next, and still be flat. */
const MOST_GROWTH = 24;

interface Tally {
  tried: number;
  crashes: number;
  hangs: number;
  readonly problems: string[];
}

/** Sockets, requests and templates as nobody should send them: nothing crashes, nothing hangs, and memory stays. */
export const attack: Attack = {
  name: 'fuzz',
  async run({ seconds, seed }) {
    const time = (seconds === undefined ? LONG_SECONDS : Math.max(3, seconds * SHARE)) * 1000;
    const random = new Random(seed);
    return [...await fuzzRuntime(time * 2 / 3, random), ...await fuzzTemplates(time / 3, random)];
  },
};

function rows(what: string, { tried, crashes, hangs, problems }: Tally, growth: number): Row[] {
  problems.slice(0, 10).forEach(problem => process.stderr.write(`  ${what}: ${problem}\n`));
  return [
    { measure: `${what}: crashes, and errors that nobody foresaw`, figure: crashes, unit: `of ${tried} tries`, goal: { atMost: 0 } },
    { measure: `${what}: hangs`, figure: hangs, unit: `of ${tried} tries`, goal: { atMost: 0 } },
    { measure: `${what}: growth of memory from the first fifth to the end`, figure: growth, unit: 'MB', goal: { atMost: MOST_GROWTH } },
  ];
}

async function fuzzRuntime(time: number, random: Random): Promise<Row[]> {
  const runtime = await RunningRuntime.start({ assembly: synthesizeExample('lambdaless-eventbridge') });
  const tally: Tally = { tried: 0, crashes: 0, hangs: 0, problems: [] };
  const endpoint = new URL(runtime.endpoint);
  const { apiId, stage } = runtime.apis[0];
  const attempts = [
    () => tryRequest(endpoint, random),
    () => tryRequest(endpoint, random),
    () => tryBytes(endpoint, random),
    () => trySocket(`ws://${endpoint.host}/${apiId}/${stage}`, random),
  ];
  const heap = async () => {
    for (const [target, input] of CLEANING) {
      await send(await signed(awsRequest(target, JSON.stringify(input)), endpoint), endpoint, PATIENCE);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
    return (await runtime.memory()).heapUsed / MEGABYTE;
  };
  let first: number | undefined;
  let growth = 0;
  try {
    for (const began = performance.now(); performance.now() - began < time && !runtime.hasEnded;) {
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => random.pick(attempts)()));
      tally.tried += outcomes.length;
      tally.hangs += outcomes.filter(outcome => outcome === 'hang').length;
      if (first === undefined && performance.now() - began > time / 5) {
        first = await heap();
      }
    }
    growth = await heap() - (first ?? 0);
    const { count, first: failures } = await runtime.failures();
    // A stack stands in those only that are the runtime's own.
    const own = failures.filter(failure => /\n\s+at /.test(failure));
    tally.problems.push(...own);
    tally.crashes = own.length;
    process.stderr.write(`  ${count} things were reported in the log\n`);
  } catch (error) {
    tally.crashes++;
    tally.problems.push((error as Error).message);
  }
  await runtime.stop();
  return rows('sockets and requests', tally, growth);
}

function awsRequest(target: string, body: string) {
  return { method: 'POST', path: '/', headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target }, body };
}

async function tryRequest(endpoint: URL, random: Random) {
  const { target, input } = anyRequest(random);
  const deep = random.chance(0.01) ? '{"a":['.repeat(50_000) + ']}'.repeat(50_000) : undefined;
  const text = deep ?? JSON.stringify(random.chance(0.1) ? hostileValue(random) : mutated(input, random));
  const request = awsRequest(random.chance(0.05) ? garbled(target, random).replace(/[^\w.]/g, '') : target, random.chance(0.2) ? garbled(text, random) : text);
  return send(random.chance(0.95) ? await signed(request, endpoint) : request, endpoint, PATIENCE);
}

/** Bytes that are HTTP, nearly. */
function tryBytes(endpoint: URL, random: Random): Promise<'closed' | 'hang'> {
  const method = random.pick(['GET', 'POST', 'PUT', 'OPTIONS', 'BREW', 'CONNECT']);
  const path = random.pick(['/', '/_lambdaless/', '/%', '/..%2f..%2fetc/passwd', '//x', '/@connections/a', `/${'a'.repeat(random.below(3000))}`, 'http://evil/', '*']);
  const headers = ['Host: x', 'Content-Length: 5', 'Content-Length: -1', 'Transfer-Encoding: chunked', 'Upgrade: websocket', 'Connection: Upgrade', 'Expect: 100-continue', 'Authorization: AWS4-HMAC-SHA256 Credential=test/x/y/z/aws4_request, SignedHeaders=host, Signature=0', 'X-Amz-Target: DynamoDB_20120810.Scan', 'Content-Encoding: gzip'];
  const lines = [`${method} ${path} HTTP/1.1`, ...Array.from({ length: random.below(6) }, () => random.pick(headers)), '', 'hello'];
  const text = random.chance(0.5) ? garbled(lines.join('\r\n'), random) : lines.join('\r\n');
  return new Promise(resolve => {
    const socket = connect(Number(endpoint.port), endpoint.hostname);
    socket.on('error', () => {});
    socket.on('close', () => resolve('closed'));
    socket.on('connect', () => {
      socket.write(text);
      setTimeout(() => socket.destroy(), random.below(300));
    });
    socket.resume();
  });
}

/** A client that says what it likes, and at last something that is answered. */
function trySocket(url: string, random: Random): Promise<'closed' | 'hang' | 'answered'> {
  return new Promise(resolve => {
    const socket = new WebSocket(url);
    const timer = setTimeout(() => {
      resolve('hang');
      socket.terminate();
    }, PATIENCE);
    const end = (outcome: 'closed' | 'answered') => {
      clearTimeout(timer);
      resolve(outcome);
      socket.terminate();
    };
    socket.on('error', () => {});
    socket.on('close', () => end('closed'));
    socket.on('message', data => String(data).includes('"type":"pong"') && end('answered'));
    socket.on('open', () => {
      const messages = [{ action: 'subscribe', pattern: { source: ['a'], detail: { b: [{ prefix: 'x' }] } }, subscriptionId: 'a' }, { action: 'unsubscribe', subscriptionId: 'a' }, { action: 'subscriptions' }];
      for (let times = random.below(4); times > 0; times--) {
        const text = JSON.stringify(mutated(random.pick(messages), random));
        socket.send(random.chance(0.2) ? garbled(text, random) : text);
      }
      if (random.chance(0.2)) {
        // A frame that is none.
        const bytes = Array.from({ length: 2 + random.below(40) }, () => random.below(256));
        (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from(bytes));
        setTimeout(() => socket.terminate(), 100);
      } else {
        socket.send('{"action":"ping"}');
      }
    });
  });
}

async function fuzzTemplates(time: number, random: Random): Promise<Row[]> {
  const tally: Tally = { tried: 0, crashes: 0, hangs: 0, problems: [] };
  const examples = time < 5000 ? EXAMPLES.slice(0, 1) : EXAMPLES;
  const stacks = examples.map(synthesizeExample).map(directory => readFileSync(join(directory, readdirSync(directory).find(name => name.endsWith('.template.json'))!), 'utf8'));
  let child = await Child.start();
  let first: number | undefined;
  const began = performance.now();
  while (performance.now() - began < time) {
    const stack = random.pick(stacks);
    const work = random.chance(0.5)
      ? { kind: 'stack', text: random.chance(0.8) ? JSON.stringify(mutated(JSON.parse(stack), random)) : garbled(stack, random), body: '' }
      : { kind: 'mapping', text: garbled(random.pick(MAPPINGS), random), body: JSON.stringify(hostileValue(random)) };
    const answer = await child.ask(work);
    tally.tried++;
    if (answer === 'hang' || answer === 'ended') {
      tally[answer === 'hang' ? 'hangs' : 'crashes']++;
      tally.problems.push(`${answer}: ${work.text.slice(0, 2000)}`);
      child.stop();
      child = await Child.start();
    } else if (answer.outcome === 'bug') {
      tally.crashes++;
      tally.problems.push(answer.message!);
    }
    if (first === undefined && performance.now() - began > time / 5) {
      first = await child.memory();
    }
  }
  const growth = await child.memory() - (first ?? 0);
  child.stop();
  return rows('templates', tally, growth);
}

interface Answer {
  readonly outcome: string;
  readonly message?: string;
  readonly memory?: number;
}

/** The process in which templates are tried: it may be what hangs. */
class Child {
  static async start(): Promise<Child> {
    const child = new Child();
    await child.answer();
    return child;
  }

  private readonly process = fork(join(__dirname, '../support/template-process.ts'), {
    execArgv: ['--import', 'tsx', '--expose-gc', '--no-warnings'], env: { ...process.env, TSX_TSCONFIG_PATH: join(__dirname, '../../tsconfig.dev.json') },
  });

  ask(work: object): Promise<Answer | 'hang' | 'ended'> {
    const answer = this.answer();
    this.process.send(work);
    return answer;
  }

  async memory(): Promise<number> {
    const answer = await this.ask({ kind: 'memory' });
    return typeof answer === 'string' ? 0 : answer.memory! / MEGABYTE;
  }

  stop(): void {
    this.process.kill('SIGKILL');
  }

  private answer(): Promise<Answer | 'hang' | 'ended'> {
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve('hang'), PATIENCE);
      const end = () => resolve('ended');
      this.process.once('exit', end).once('message', message => {
        clearTimeout(timer);
        this.process.off('exit', end);
        resolve(message as Answer);
      });
    });
  }
}
