import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Faults } from './faults';
import { WebSocketClient } from '../../integ/websocket-client';
import { Clock, TraceEntry } from '../../local/kernel/contracts';
import { loadAssembly } from '../../local/kernel/template';
import { Runtime, startRuntime } from '../../local/main';

/** An execution that has ended. */
type Execution = Extract<TraceEntry, { kind: 'execution' }>;

const PATIENCE = 20_000;

export interface RunningAppOptions {
  /** Changes the template before it runs. */
  readonly change?: (template: any) => void;
  /** Counts what AWS would bill. */
  readonly cost?: boolean;
}

/** An app of one stack that runs in the runtime, from the template that it synthesizes. */
export class RunningApp {
  /** Time; that of this machine where a test has no other. */
  readonly clock?: Clock;
  readonly faults = new Faults();
  readonly entries: TraceEntry[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), 'app-'));
  private readonly clients: WebSocketClient[] = [];
  private started?: Runtime;

  constructor(private readonly declare: (stack: Stack) => void | Promise<void>, private readonly options: RunningAppOptions = {}) {}

  async start(): Promise<this> {
    const { change, cost } = this.options;
    const app = new App({ outdir: this.directory });
    await this.declare(new Stack(app, 'Stack'));
    app.synth();
    if (change) {
      const file = join(this.directory, 'Stack.template.json');
      const template = JSON.parse(readFileSync(file, 'utf8'));
      change(template);
      writeFileSync(file, JSON.stringify(template));
    }
    this.started = await startRuntime({
      stacks: loadAssembly(this.directory),
      port: 0,
      cost,
      clock: this.clock,
      services: this.faults.services,
      watch: trace => trace.subscribe(entry => this.entries.push(entry)),
    });
    return this;
  }

  get runtime(): Runtime {
    return this.started!;
  }

  get outputs(): Record<string, string> {
    return this.runtime.stacks[0].outputs;
  }

  /** Calls an operation as the owner of the account. */
  call(service: string, operation: string, input: object): Promise<any> {
    return this.runtime.call(service, operation, input);
  }

  /** A client, which ends with the app. */
  async open(url: string = this.outputs.Url, headers?: Record<string, string>): Promise<WebSocketClient> {
    const client = await WebSocketClient.connect(url, headers);
    this.clients.push(client);
    return client;
  }

  /** The next message of a queue, now or later. */
  async receive(queueUrl: string): Promise<any> {
    for (const patience = new Patience(); ; await patience.next()) {
      const { Messages: [message] = [] } = await this.call('sqs', 'ReceiveMessage', { QueueUrl: queueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
      if (message) {
        return message;
      }
    }
  }

  /** The next message of a dead-letter queue, with the texts of its attributes. */
  async letter(queueUrl: string): Promise<{ body: any; attributes: Record<string, string | undefined> }> {
    const { Body: body, MessageAttributes: attributes = {} } = await this.receive(queueUrl);
    return { body: JSON.parse(body), attributes: Object.fromEntries(Object.entries<any>(attributes).map(([name, { StringValue }]) => [name, StringValue])) };
  }

  /** The calls of an operation, with what came of each. */
  outcomes(operation: string): string[] {
    return this.entries.flatMap(entry => entry.kind === 'call' && entry.operation === operation ? [entry.outcome] : []);
  }

  /** Executions that have ended, of the workflows whose names hold a text. */
  executions(workflow: string): Execution[] {
    return this.entries.filter((entry): entry is Execution => entry.kind === 'execution' && entry.stateMachine.includes(workflow));
  }

  /** Waits until as many executions have ended. */
  async ended(workflow: string, count: number = 1): Promise<Execution[]> {
    await this.until(() => this.executions(workflow).length >= count);
    return this.executions(workflow);
  }

  /** The first entry that meets a condition, now or later. */
  async entry(condition: (each: TraceEntry) => boolean): Promise<TraceEntry> {
    await this.until(() => this.entries.some(condition));
    return this.entries.find(condition)!;
  }

  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (const patience = new Patience(); !await condition();) {
      await patience.next();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.filter(client => client.open).map(client => client.close()));
    await this.started?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Gives up on what never comes, before the test's time is over. */
export class Patience {
  private readonly end = Date.now() + PATIENCE;

  async next(): Promise<void> {
    if (Date.now() > this.end) {
      throw new Error('What the test waits for does not come.');
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}
