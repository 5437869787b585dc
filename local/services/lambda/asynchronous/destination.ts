import { Call, ServiceContext } from '../../../kernel/contracts';
import { queueUrlOf } from '../../../kernel/queue-url';

/** What is handed to another service. */
export interface Message {
  readonly body: string;
  readonly detailType: string;
  /** The attributes of a message to a dead-letter queue. */
  readonly attributes?: Readonly<Record<string, { readonly DataType: 'String' | 'Number'; readonly StringValue: string }>>;
}

type Request = Omit<Call, 'principal'>;

const KINDS: ReadonlyArray<{ readonly service: string; request(context: ServiceContext, arn: string, message: Message, source: string): Request }> = [
  {
    service: 'sqs',
    request: (_, arn, { body, attributes }) => ({
      service: 'sqs', operation: 'SendMessage', input: { QueueUrl: queueUrlOf(arn), MessageBody: body, ...(attributes ? { MessageAttributes: attributes } : {}) },
    }),
  },
  {
    service: 'sns',
    request: (_, arn, { body, attributes }) => ({
      service: 'sns', operation: 'Publish', input: { TopicArn: arn, Message: body, ...(attributes ? { MessageAttributes: attributes } : {}) },
    }),
  },
  {
    service: 'events',
    request: (_, arn, { body, detailType }, source) => ({
      service: 'events', operation: 'PutEvents', input: { Entries: [{ EventBusName: arn, Source: 'lambda', DetailType: detailType, Detail: body, Resources: [arn, source] }] },
    }),
  },
  { service: 'lambda', request: (_, arn, { body }) => ({ service: 'lambda', operation: 'Invoke', input: { FunctionName: arn, InvocationType: 'Event', Payload: body } }) },
];

/** Refuses a destination that nothing can be sent to. */
export function checkDestination(context: ServiceContext, arn: string): void {
  const kind = kindOf(arn);
  if (!kind || !(kind.service === 'lambda' || context.emulates(kind.service))) {
    throw new Error(`the local runtime does not emulate destinations such as ${arn}`);
  }
}

/** How a message is sent to a destination. */
export function requestFor(context: ServiceContext, arn: string, message: Message, functionArn: string): Request {
  return kindOf(arn)!.request(context, arn, message, functionArn);
}

function kindOf(arn: string) {
  const service = arn.split(':')[2];
  return KINDS.find(kind => kind.service === service);
}
