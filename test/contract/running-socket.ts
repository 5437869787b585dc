import { randomUUID } from 'crypto';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketClient } from '../../integ/websocket-client';
import { EventSocket, EventSocketProps } from '../../src';
import { RunningApp, RunningAppOptions } from '../support/running-app';

export interface RunningSocketOptions extends RunningAppOptions {
  readonly props?: (stack: Stack) => EventSocketProps;
}

/** An EventSocket that runs in the runtime, from the template that the library emits. */
export class RunningSocket extends RunningApp {
  static start({ props, ...options }: RunningSocketOptions = {}): Promise<RunningSocket> {
    return new RunningSocket(stack => declare(stack, props?.(stack)), options).start();
  }

  connect(headers?: Record<string, string>, query = ''): Promise<WebSocketClient> {
    return this.open(`${this.outputs.Url}${query}`, headers);
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

  /** Issues a ticket that vouches for claims. */
  async ticket(claims: Record<string, string> = {}): Promise<string> {
    const ticket = randomUUID();
    const attributes = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, { S: value }]));
    await this.call('dynamodb', 'PutItem', {
      TableName: this.outputs.TableName,
      Item: { pk: { S: `ticket#${ticket}` }, sk: { S: 'ticket' }, expiresAt: { N: `${Math.floor(Date.now() / 1000) + 60}` }, ...attributes },
    });
    return ticket;
  }

  /** Puts one event, and tells its id. */
  async put(detail: object = {}, source = 'shop', detailType = 'Sold'): Promise<string> {
    const { Entries: [entry] } = await this.call('events', 'PutEvents', {
      Entries: [{ EventBusName: this.outputs.BusName, Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    });
    if (!entry.EventId) {
      throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage}`);
    }
    return entry.EventId;
  }

  /** What is in the dead-letter queue, once there is something. */
  async deadLetter(): Promise<{ event: any; connectionIds?: string[] | null; code?: string; message?: string }> {
    const { body, attributes: { ERROR_CODE: code, ERROR_MESSAGE: message } } = await this.letter(this.outputs.QueueUrl);
    return { event: body.event ?? body, connectionIds: body.connectionIds, code, message };
  }

  /** Deliveries that have ended. */
  get deliveries() {
    return this.executions('DeliveryWorkflow');
  }

  /** Waits until as many deliveries have ended. */
  delivered(count: number) {
    return this.ended('DeliveryWorkflow', count);
  }
}

function declare(stack: Stack, props?: EventSocketProps): void {
  const socket = new EventSocket(stack, 'Socket', props);
  new CfnOutput(stack, 'Url', { value: socket.url });
  new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
  new CfnOutput(stack, 'TableName', { value: socket.table.tableName });
  new CfnOutput(stack, 'LogGroupName', { value: socket.logGroup.logGroupName });
  new CfnOutput(stack, 'QueueUrl', { value: socket.deadLetterQueue.queueUrl });
}
