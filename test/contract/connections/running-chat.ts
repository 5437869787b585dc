import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../../integ/websocket-client';
import { TraceEntry } from '../../../local/kernel/contracts';
import { loadAssembly } from '../../../local/kernel/template';
import { Runtime, startRuntime } from '../../../local/main';
import {
  Broadcast, ConnectionSweeper, ConnectionTable, DirectMessage, EventMessage, MessageValue, Presence, Response, Value, WebSocketEndpoint,
} from '../../../src';
import { FakeClock } from '../../support/fake-clock';
import { Faults } from '../../support/faults';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

export interface RunningChatOptions {
  readonly pageSize?: number;
  /** Whether clients are greeted. */
  readonly greets?: boolean;
  /** Whether clients are told who leaves. */
  readonly announces?: boolean;
  /** Changes the template before it runs. */
  readonly change?: (template: any) => void;
}

/** Everything about connections in one app that runs in the runtime, from the template that the library emits; its clock stands still. */
export class RunningChat {
  static async start(options: RunningChatOptions = {}): Promise<RunningChat> {
    const directory = mkdtempSync(join(tmpdir(), 'contract-'));
    const app = new App({ outdir: directory });
    const stack = new Stack(app, 'Stack');
    declare(stack, options);
    app.synth();
    if (options.change) {
      const file = join(directory, 'Stack.template.json');
      const template = JSON.parse(readFileSync(file, 'utf8'));
      options.change(template);
      writeFileSync(file, JSON.stringify(template));
    }
    const entries: TraceEntry[] = [];
    const clock = new FakeClock();
    const faults = new Faults();
    const runtime = await startRuntime({
      stacks: loadAssembly(directory), port: 0, clock, services: faults.services, watch: trace => trace.subscribe(entry => entries.push(entry)),
    });
    return new RunningChat(directory, runtime, entries, clock, faults);
  }

  private readonly clients: WebSocketClient[] = [];
  private readonly sqs: SQSClient;
  readonly dynamoDb: DynamoDBClient;
  readonly stepFunctions: SFNClient;

  private constructor(
    private readonly directory: string, readonly runtime: Runtime, readonly entries: TraceEntry[], readonly clock: FakeClock, readonly faults: Faults,
  ) {
    const options = { endpoint: runtime.endpoint, region: 'us-east-1', credentials: CREDENTIALS, systemClockOffset: clock.now() - Date.now() };
    this.sqs = new SQSClient(options);
    this.dynamoDb = new DynamoDBClient(options);
    this.stepFunctions = new SFNClient({ ...options, disableHostPrefix: true });
  }

  get outputs(): Record<string, string> {
    return this.runtime.stacks[0].outputs;
  }

  /** A client, with its connection's id. */
  async connect(nickname?: string, url = this.outputs.Url): Promise<WebSocketClient & { id: string }> {
    const before = this.connectionIds().length;
    const client = await WebSocketClient.connect(nickname === undefined ? url : `${url}?nickname=${encodeURIComponent(nickname)}`);
    this.clients.push(client);
    await this.until(() => this.connectionIds().length > before);
    return Object.assign(client, { id: this.connectionIds()[before] });
  }

  /** The rows of connections. */
  async rows(): Promise<any[]> {
    return (await this.dynamoDb.send(new ScanCommand({ TableName: this.outputs.TableName }))).Items!;
  }

  /** A row of a connection that is gone without a word. */
  async leaveBehind(connectionId: string, secondsAgo: number): Promise<void> {
    const connectedAt = this.clock.now() - secondsAgo * 1000;
    await this.dynamoDb.send(new PutItemCommand({
      TableName: this.outputs.TableName,
      Item: {
        pk: { S: `connection#${connectionId}` },
        sk: { S: 'connection' },
        connectionId: { S: connectionId },
        listing: { S: 'connection' },
        connectedAt: { N: String(connectedAt) },
        expiresAt: { N: String(Math.floor(connectedAt / 1000) + 7500) },
      },
    }));
  }

  async takeAway(connectionId: string): Promise<void> {
    await this.dynamoDb.send(new DeleteItemCommand({ TableName: this.outputs.TableName, Key: { pk: { S: `connection#${connectionId}` }, sk: { S: 'connection' } } }));
  }

  async run(construct: string, input: object): Promise<void> {
    await this.stepFunctions.send(new StartExecutionCommand({ stateMachineArn: this.outputs[`${construct}Arn`], input: JSON.stringify(input) }));
  }

  /** The output of an execution. */
  async runSync(construct: string, input: object): Promise<any> {
    const { output } = await this.stepFunctions.send(new StartSyncExecutionCommand({ stateMachineArn: this.outputs[`${construct}Arn`], input: JSON.stringify(input) }));
    return JSON.parse(output!);
  }

  async deadLetter(construct: 'Broadcast' | 'DirectMessage' | 'Presence' | 'Sweeper' = 'Broadcast'): Promise<{ body: any; code?: string; message?: string; hop?: string; target?: string }> {
    for (const patience = new Patience(); ; patience.next()) {
      const { Messages: messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl: this.outputs[`${construct}QueueUrl`], MessageAttributeNames: ['All'] }));
      if (messages.length > 0) {
        const [{ Body: body = '', MessageAttributes: attributes = {} }] = messages;
        const [code, message, hop, target] = ['ERROR_CODE', 'ERROR_MESSAGE', 'HOP', 'TARGET_ARN'].map(name => attributes[name]?.StringValue);
        return { body: JSON.parse(body), code, message, hop, target };
      }
    }
  }

  /** Executions of a workflow that have ended. */
  executions(construct: string): Extract<TraceEntry, { kind: 'execution' }>[] {
    return this.entries.filter(entry => entry.kind === 'execution' && entry.stateMachine.includes(construct)) as Extract<TraceEntry, { kind: 'execution' }>[];
  }

  async ended(construct: string, count = 1): Promise<Extract<TraceEntry, { kind: 'execution' }>[]> {
    await this.until(() => this.executions(construct).length >= count);
    return this.executions(construct);
  }

  outcomes(operation: string): string[] {
    return this.entries.flatMap(entry => entry.kind === 'call' && entry.operation === operation ? [entry.outcome] : []);
  }

  /** The events that the presence has put on the bus. */
  events(): string[] {
    return this.entries.flatMap(entry => entry.kind === 'event' && entry.source === 'websocket.presence' ? [entry.detailType] : []);
  }

  async until(condition: () => boolean): Promise<void> {
    for (const patience = new Patience(); !condition(); patience.next()) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  /** Lets time go on until something has happened. */
  async eventually(condition: () => boolean, milliseconds = 250): Promise<void> {
    for (const patience = new Patience(); !condition(); patience.next()) {
      await this.clock.advance(milliseconds);
      // What is due takes a while: were time to run ahead of it, it would come too late for who waits.
      for (let turn = 0; turn < TURNS && !condition(); turn++) {
        await new Promise(resolve => setImmediate(resolve));
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.filter(client => client.open).map(client => client.close()));
    [this.sqs, this.dynamoDb, this.stepFunctions].forEach(client => client.destroy());
    await this.runtime.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private connectionIds(): string[] {
    return this.entries.flatMap(entry => entry.kind === 'connect' && entry.outcome === 'ok' ? [entry.connectionId] : []);
  }
}

const TURNS = 50;

/** Gives up on what never comes, before the test's time is over. */
class Patience {
  private readonly end = Date.now() + 15_000;

  next(): void {
    if (Date.now() > this.end) {
      throw new Error('What the test waits for does not come.');
    }
  }
}

function declare(stack: Stack, { pageSize, greets, announces }: RunningChatOptions): void {
  const endpoint = new WebSocketEndpoint(stack, 'Endpoint');
  const connections = new ConnectionTable(stack, 'Connections', { attributes: { nickname: Value.queryString('nickname').optional() } });
  endpoint.addConnectionRoutes(connections);
  endpoint.addRoute('list', connections.listIntegration('List', { limit: 3 }));
  const broadcast = new Broadcast(stack, 'Broadcast', { endpoint, connections, pageSize });
  const message = Value.object({ from: Value.connectionId(), text: Value.body('$.text') });
  endpoint.addRoute('broadcast', broadcast.integration('Broadcast', { message }));
  endpoint.addRoute('others', broadcast.integration('Others', { message, exceptSender: true, response: Response.none() }));
  const directMessage = new DirectMessage(stack, 'DirectMessage', { endpoint, connections });
  endpoint.addRoute('chat', directMessage.integration('Chat', { message }));
  const presence = new Presence(stack, 'Presence', { connections });
  const sweeper = new ConnectionSweeper(stack, 'Sweeper', { endpoint, connections, interval: Duration.minutes(5) });
  if (greets) {
    presence.welcome('Welcome', directMessage, EventMessage.of({ type: 'welcome', you: MessageValue.field('detail.connectionId'), nickname: MessageValue.field('detail.attributes.nickname') }));
  }
  if (announces) {
    broadcast.onEvent('Joined', {
      eventBus: presence.eventBus, eventPattern: presence.joined, message: EventMessage.of({ type: 'joined', who: MessageValue.field('detail.connectionId') }), except: MessageValue.field('detail.connectionId'),
    });
    broadcast.onEvent('Left', {
      eventBus: presence.eventBus, eventPattern: presence.left, message: EventMessage.of({ type: 'left', who: MessageValue.field('detail.connectionId'), reason: MessageValue.field('detail.reason') }),
    });
  }
  // A neighbour, whose connections are none of the others' business.
  const other = new WebSocketEndpoint(stack, 'Other');
  other.addConnectionRoutes(new ConnectionTable(stack, 'OtherConnections'));
  const outputs = {
    Url: endpoint.url,
    OtherUrl: other.url,
    TableName: connections.table.tableName,
    BroadcastQueueUrl: broadcast.deadLetterQueue.queueUrl,
    DirectMessageQueueUrl: directMessage.deadLetterQueue.queueUrl,
    PresenceQueueUrl: presence.deadLetterQueue.queueUrl,
    SweeperQueueUrl: sweeper.deadLetterQueue.queueUrl,
    PresenceArn: presence.workflow.stateMachineArn,
    SweeperArn: sweeper.workflow.stateMachineArn,
    BroadcastArn: broadcast.workflow.stateMachineArn,
    DirectMessageArn: directMessage.workflow.stateMachineArn,
  };
  Object.entries(outputs).forEach(([name, value]) => new CfnOutput(stack, name, { value }));
}
