import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../integ/websocket-client';
import { TraceEntry } from '../../local/kernel/contracts';
import { loadAssembly } from '../../local/kernel/template';
import { Runtime, startRuntime } from '../../local/main';
import { EventSocket, EventSocketProps } from '../../src';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

export interface RunningSocketOptions {
  readonly props?: (stack: Stack) => EventSocketProps;
  /** Changes the template before it runs. */
  readonly change?: (template: any) => void;
}

/** An EventSocket that runs in the runtime, from the template that the library emits. */
export class RunningSocket {
  static async start(options: RunningSocketOptions = {}): Promise<RunningSocket> {
    const directory = mkdtempSync(join(tmpdir(), 'contract-'));
    const app = new App({ outdir: directory });
    const stack = new Stack(app, 'Stack');
    const socket = new EventSocket(stack, 'Socket', options.props?.(stack));
    new CfnOutput(stack, 'Url', { value: socket.url });
    new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
    new CfnOutput(stack, 'TableName', { value: socket.table.tableName });
    new CfnOutput(stack, 'LogGroupName', { value: socket.logGroup.logGroupName });
    new CfnOutput(stack, 'QueueUrl', { value: socket.deadLetterQueue.queueUrl });
    app.synth();
    if (options.change) {
      const file = join(directory, 'Stack.template.json');
      const template = JSON.parse(readFileSync(file, 'utf8'));
      options.change(template);
      writeFileSync(file, JSON.stringify(template));
    }
    const entries: TraceEntry[] = [];
    const runtime = await startRuntime({ stacks: loadAssembly(directory), port: 0, watch: trace => trace.subscribe(entry => entries.push(entry)) });
    return new RunningSocket(directory, runtime, entries);
  }

  private readonly clients: WebSocketClient[] = [];
  private readonly eventBridge: EventBridgeClient;
  private readonly sqs: SQSClient;

  private constructor(private readonly directory: string, readonly runtime: Runtime, readonly entries: TraceEntry[]) {
    const options = { endpoint: runtime.endpoint, region: 'us-east-1', credentials: CREDENTIALS };
    this.eventBridge = new EventBridgeClient(options);
    this.sqs = new SQSClient(options);
  }

  get outputs(): Record<string, string> {
    return this.runtime.stacks[0].outputs;
  }

  async connect(headers?: Record<string, string>, query = ''): Promise<WebSocketClient> {
    const client = await WebSocketClient.connect(`${this.outputs.Url}${query}`, headers);
    this.clients.push(client);
    return client;
  }

  /** A client that has subscribed. */
  async subscriber(pattern: object, headers?: Record<string, string>): Promise<WebSocketClient> {
    const client = await this.connect(headers);
    const answer = await client.request({ action: 'subscribe', pattern });
    if (answer.type !== 'subscribed') {
      throw new Error(JSON.stringify(answer));
    }
    return client;
  }

  /** Puts one event, and tells its id. */
  async put(detail: object = {}, source = 'shop', detailType = 'Sold'): Promise<string> {
    const { Entries: [entry] = [] } = await this.eventBridge.send(new PutEventsCommand({
      Entries: [{ EventBusName: this.outputs.BusName, Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }));
    if (!entry.EventId) {
      throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
    }
    return entry.EventId;
  }

  /** What is in the dead-letter queue, once there is something. */
  async deadLetter(): Promise<{ event: any; connectionIds?: string[] | null; code?: string; message?: string }> {
    for (;;) {
      const { Messages: messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl: this.outputs.QueueUrl, MessageAttributeNames: ['All'] }));
      if (messages.length > 0) {
        const [{ Body: body = '', MessageAttributes: attributes = {} }] = messages;
        const letter = JSON.parse(body);
        const [code, message] = [attributes.ERROR_CODE?.StringValue, attributes.ERROR_MESSAGE?.StringValue];
        return { event: letter.event ?? letter, connectionIds: letter.connectionIds, code, message };
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  /** The calls of an operation, with what came of each. */
  outcomes(operation: string): string[] {
    return this.entries.flatMap(entry => entry.kind === 'call' && entry.operation === operation ? [entry.outcome] : []);
  }

  /** Deliveries that have ended. */
  get deliveries(): Extract<TraceEntry, { kind: 'execution' }>[] {
    return this.entries.filter(entry => entry.kind === 'execution' && entry.stateMachine.includes('DeliveryWorkflow')) as Extract<TraceEntry, { kind: 'execution' }>[];
  }

  /** The first entry that meets a condition, now or later. */
  async entry(condition: (each: TraceEntry) => boolean): Promise<TraceEntry> {
    await this.until(() => this.entries.some(condition));
    return this.entries.find(condition)!;
  }

  /** Waits until as many deliveries have ended. */
  async delivered(count: number): Promise<Extract<TraceEntry, { kind: 'execution' }>[]> {
    await this.until(() => this.deliveries.length >= count);
    return this.deliveries;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.filter(client => client.open).map(client => client.close()));
    this.eventBridge.destroy();
    this.sqs.destroy();
    await this.runtime.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
