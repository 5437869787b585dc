import { FaultState, faultText, LocalFaults } from './faults';
import { connect, LocalClient } from './local-client';
import { describeProblems } from './problems';
import { Story } from './story';
import { ready } from '../cli/ready';
import { TraceLog } from '../inspector/trace-log';
import { TraceEntry } from '../kernel/contracts/trace';
import { MovableClock } from '../kernel/movable-clock';
import { Runtime } from '../main';

export interface ConnectOptions {
  /** Headers of the handshake. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What follows the URL, such as `{ ticket }`. */
  readonly query?: Readonly<Record<string, string>>;
}

/** What clients of the AWS SDK are made with: `new EventBridgeClient(local.aws)`. */
export interface LocalAws {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface LocalAppParts {
  readonly runtime: Runtime;
  readonly clock: MovableClock;
  readonly entries: readonly TraceEntry[];
  /** Where stages are taken down. */
  readonly log?: TraceLog;
  readonly patience: number;
}

/** An app that runs in this process. */
export class LocalApp {
  /** Everything that has happened, in its order. */
  readonly trace: readonly TraceEntry[];
  private readonly clients = new Set<LocalClient>();

  /** @internal */
  constructor(private readonly parts: LocalAppParts) {
    this.trace = parts.entries;
  }

  /** Where it listens, such as `http://127.0.0.1:49152`. */
  get endpoint(): string {
    return this.parts.runtime.endpoint;
  }

  /** The outputs of each stack. Addresses of the app's own APIs lead here. */
  get outputs(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return ready(this.parts.runtime).outputs;
  }

  /** URLs of the WebSocket APIs, by the paths of their constructs, such as `Shop/Socket/Api`. */
  get webSocketUrls(): Readonly<Record<string, string>> {
    return ready(this.parts.runtime).webSocketUrls;
  }

  get aws(): LocalAws {
    return { endpoint: this.endpoint, region: this.region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  }

  /** The environment of a program that is to use this app, by the names that AWS's tools read. This process's own is left alone. */
  get env(): Readonly<Record<string, string>> {
    return { AWS_ENDPOINT_URL: this.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: this.region, AWS_DEFAULT_REGION: this.region };
  }

  /** The output of that name, of whichever stack has one. */
  output(name: string): string {
    const found = Object.entries(this.outputs).filter(([, outputs]) => Object.hasOwn(outputs, name));
    if (found.length !== 1) {
      const all = Object.entries(this.outputs).flatMap(([stack, outputs]) => Object.keys(outputs).map(each => `${stack}.${each}`));
      throw new Error(`${found.length === 0 ? 'No stack has' : 'Several stacks have'} an output ${name}. Outputs: ${all.join(', ') || 'none'}.`);
    }
    return found[0][1][name];
  }

  /** Connects a client; without a URL to the one WebSocket API that there is. Rejects when the handshake is refused. */
  async connect(url?: string, { headers = {}, query }: ConnectOptions = {}): Promise<LocalClient> {
    const address = url ?? this.onlyUrl();
    const client = await connect(query ? `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(query)}` : address, headers, {
      patience: this.parts.patience,
      problems: since => describeProblems(this.trace.slice(since)),
      happened: () => this.trace.length,
    });
    this.clients.add(client);
    return client;
  }

  /** Calls an operation of a service as the owner of the account, such as `call('events', 'PutEvents', { Entries: […] })`. Rejects with AWS's code as `code`. */
  call<Output = any>(service: string, operation: string, input: object): Promise<Output> {
    return this.parts.runtime.call(service, operation, input) as Promise<Output>;
  }

  /** The time of the app, which goes on like any other. */
  now(): number {
    return this.parts.clock.now();
  }

  /** Moves time forward: what falls due on the way happens in its order. Does not wait for what comes of it. */
  advance(milliseconds: number): Promise<void> {
    return this.parts.clock.advance(milliseconds);
  }

  /** The first entry of the trace that is accepted, past or future. */
  async traced<Entry extends TraceEntry>(accepts: (entry: TraceEntry) => entry is Entry): Promise<Entry>;
  async traced(accepts: (entry: TraceEntry) => boolean): Promise<TraceEntry>;
  async traced(accepts: (entry: TraceEntry) => boolean): Promise<TraceEntry> {
    const end = Date.now() + this.parts.patience;
    for (let looked = 0; ; await new Promise(resolve => setTimeout(resolve, 2))) {
      const { length } = this.trace;
      const found = this.trace.slice(looked).find(accepts);
      if (found) {
        return found;
      }
      looked = length;
      if (Date.now() > end) {
        throw new Error(`Nothing of the kind has happened within ${this.parts.patience} ms: ${accepts}\n${describeProblems(this.trace)}`);
      }
    }
  }

  /**
   * What became of one request or event, by the `requestId` of its answer or the id of the event: each stage, each call, each state of a workflow. It is told as far as it has come;
   * await its end first, by a message or by `traced`. Needs `startLocal(app, { stages: true })`.
   */
  async story(id: string): Promise<Story> {
    const { log, patience } = this.parts;
    if (!log) {
      throw new Error('Stages are taken down where they are asked for: startLocal(app, { stages: true }).');
    }
    for (const end = Date.now() + patience; ; await new Promise(resolve => setTimeout(resolve, 2))) {
      const records = log.story(id);
      if (records.length > 0) {
        return new Story(records.map(({ json }) => JSON.parse(json)));
      }
      if (Date.now() > end) {
        throw new Error(`Nothing with the identifier ${id} has happened within ${patience} ms.`);
      }
    }
  }

  /** Lets these faults happen in place of those before, such as `{ rules: [{ service: 'dynamodb', operation: 'PutItem', times: 3, error: 'throttled' }] }`. Without rules none does. */
  setFaults(faults: LocalFaults): void {
    this.parts.runtime.replaceFaults(faultText(faults));
  }

  /** Switches a rule of faults on or off, by its name. */
  enableFault(name: string, isEnabled: boolean): void {
    if (!this.parts.runtime.faults.enable(name, isEnabled)) {
      throw new Error(`No fault has the name ${name}; there are: ${this.faults.map(fault => fault.name).join(', ') || 'none'}.`);
    }
  }

  /** The rules of faults, and how often each was met. */
  get faults(): readonly FaultState[] {
    return this.parts.runtime.faults.states().map(({ rule: { name }, enabled, seen, injected }) => ({ name, enabled, seen, injected }));
  }

  /** Ends its clients, and everything else. */
  async stop(): Promise<void> {
    this.clients.forEach(client => client.abandon());
    await this.parts.runtime.stop();
  }

  private get region(): string {
    return this.parts.runtime.stacks[0].environment.region;
  }

  private onlyUrl(): string {
    const urls = Object.entries(this.webSocketUrls);
    if (urls.length !== 1) {
      throw new Error(urls.length === 0 ? 'The app has no WebSocket API.' : `The app has several WebSocket APIs, connect to one of them: ${urls.map(([path, url]) => `${path} at ${url}`).join(', ')}.`);
    }
    return urls[0][1];
  }
}
