import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../../integ/websocket-client';
import {
  Broadcast, ConnectionSweeper, ConnectionTable, DirectMessage, EventMessage, MessageValue, Presence, Response, Value, WebSocketEndpoint,
} from '../../../src';
import { Patience, RunningAppOptions } from '../../support/running-app';
import { StillApp } from '../../support/still-app';

const TURNS = 50;

export interface RunningChatOptions extends RunningAppOptions {
  readonly pageSize?: number;
  /** Whether clients are greeted. */
  readonly greets?: boolean;
  /** Whether clients are told who leaves. */
  readonly announces?: boolean;
}

/** Everything about connections in one app that runs in the runtime, from the template that the library emits; its clock stands still. */
export class RunningChat extends StillApp {
  static start(options: RunningChatOptions = {}): Promise<RunningChat> {
    return new RunningChat(stack => declare(stack, options), options).start();
  }

  /** A client, with its connection's id. */
  async connect(nickname?: string, url = this.outputs.Url): Promise<WebSocketClient & { id: string }> {
    const before = this.connectionIds().length;
    const client = await this.open(nickname === undefined ? url : `${url}?nickname=${encodeURIComponent(nickname)}`);
    await this.until(() => this.connectionIds().length > before);
    return Object.assign(client, { id: this.connectionIds()[before] });
  }

  /** The rows of connections. */
  async rows(): Promise<any[]> {
    return (await this.call('dynamodb', 'Scan', { TableName: this.outputs.TableName })).Items;
  }

  /** A row of a connection that is gone without a word. */
  async leaveBehind(connectionId: string, secondsAgo: number): Promise<void> {
    const connectedAt = this.clock.now() - secondsAgo * 1000;
    await this.call('dynamodb', 'PutItem', {
      TableName: this.outputs.TableName,
      Item: {
        pk: { S: `connection#${connectionId}` },
        sk: { S: 'connection' },
        connectionId: { S: connectionId },
        listing: { S: 'connection' },
        connectedAt: { N: String(connectedAt) },
        expiresAt: { N: String(Math.floor(connectedAt / 1000) + 7500) },
      },
    });
  }

  async takeAway(connectionId: string): Promise<void> {
    await this.call('dynamodb', 'DeleteItem', { TableName: this.outputs.TableName, Key: { pk: { S: `connection#${connectionId}` }, sk: { S: 'connection' } } });
  }

  async run(construct: string, input: object): Promise<void> {
    await this.call('states', 'StartExecution', { stateMachineArn: this.outputs[`${construct}Arn`], input: JSON.stringify(input) });
  }

  /** The output of an execution. */
  async runSync(construct: string, input: object): Promise<any> {
    const { output } = await this.call('states', 'StartSyncExecution', { stateMachineArn: this.outputs[`${construct}Arn`], input: JSON.stringify(input) });
    return JSON.parse(output);
  }

  async deadLetter(construct: 'Broadcast' | 'DirectMessage' | 'Presence' | 'Sweeper' = 'Broadcast') {
    const { body, attributes: { ERROR_CODE: code, ERROR_MESSAGE: message, HOP: hop, TARGET_ARN: target } } = await this.letter(this.outputs[`${construct}QueueUrl`]);
    return { body, code, message, hop, target };
  }

  /** The events that the presence has put on the bus. */
  events(): string[] {
    return this.entries.flatMap(entry => entry.kind === 'event' && entry.source === 'websocket.presence' ? [entry.detailType] : []);
  }

  /** Lets time go on until something has happened. */
  async eventually(condition: () => boolean, milliseconds = 250): Promise<void> {
    for (const patience = new Patience(); !condition();) {
      await this.clock.advance(milliseconds);
      // What is due takes a while: were time to run ahead of it, it would come too late for who waits.
      for (let turn = 0; turn < TURNS && !condition(); turn++) {
        await patience.next();
      }
    }
  }

  private connectionIds(): string[] {
    return this.entries.flatMap(entry => entry.kind === 'connect' && entry.outcome === 'ok' ? [entry.connectionId] : []);
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
