/** The operations of services that an HTTP API calls by itself. */

import { listOf } from './list-value';
import { sqsForm } from './sqs-form';

type Values = ReadonlyMap<string, string>;

/** An operation that an integration may name as its subtype. */
export interface Subtype {
  /** The service's name in ARNs. */
  readonly service: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** What is sent to the service. */
  request(values: Values): { readonly headers: Readonly<Record<string, string>>; readonly body: string };
}

const EVENT_MEMBERS = ['Detail', 'DetailType', 'Source', 'EventBusName', 'TraceHeader'];

const PUT_EVENTS: Subtype = {
  service: 'events',
  required: ['Detail', 'DetailType', 'Source'],
  optional: ['Time', 'EventBusName', 'Resources', 'TraceHeader'],
  request: values => {
    const entry: Record<string, unknown> = pick(values, EVENT_MEMBERS);
    const time = values.get('Time');
    const resources = values.get('Resources');
    if (time !== undefined) {
      entry.Time = /^\d+(\.\d+)?$/.test(time) ? Number(time) : time;
    }
    if (resources !== undefined) {
      entry.Resources = listOf(resources);
    }
    return json('AWSEvents.PutEvents', '1.1', { Entries: [entry] });
  },
};

/** Every operation that there is, those of services that are not emulated among them. */
const SUBTYPES: Readonly<Record<string, Subtype | undefined>> = {
  'EventBridge-PutEvents': PUT_EVENTS,
  'SQS-SendMessage': sqs('SendMessage', ['QueueUrl', 'MessageBody'], ['DelaySeconds', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId', 'MessageSystemAttributes']),
  'SQS-ReceiveMessage': sqs('ReceiveMessage', ['QueueUrl'], [
    'AttributeNames', 'MaxNumberOfMessages', 'MessageAttributeNames', 'ReceiveRequestAttemptId', 'VisibilityTimeout', 'WaitTimeSeconds',
  ]),
  'SQS-DeleteMessage': sqs('DeleteMessage', ['ReceiptHandle', 'QueueUrl'], []),
  'SQS-PurgeQueue': sqs('PurgeQueue', ['QueueUrl'], []),
  'AppConfig-GetConfiguration': undefined,
  'Kinesis-PutRecord': undefined,
  'StepFunctions-StartExecution': states('StartExecution', ['StateMachineArn'], ['Name', 'Input']),
  'StepFunctions-StartSyncExecution': states('StartSyncExecution', ['StateMachineArn'], ['Name', 'Input', 'TraceHeader']),
  'StepFunctions-StopExecution': states('StopExecution', ['ExecutionArn'], ['Cause', 'Error']),
};

/** The names of those that are emulated. */
export const EMULATED_SUBTYPES = Object.keys(SUBTYPES).filter(name => SUBTYPES[name] !== undefined);

/** The operation of that name; throws when there is none, or none here. */
export function subtypeOf(name: string): Subtype {
  const subtype = Object.hasOwn(SUBTYPES, name) ? SUBTYPES[name] : undefined;
  if (!subtype) {
    throw new Error(Object.hasOwn(SUBTYPES, name)
      ? `the local runtime does not emulate the integration subtype ${name}`
      : `there is no integration subtype ${name}, only ${Object.keys(SUBTYPES).join(', ')}`);
  }
  return subtype;
}

function states(operation: string, required: readonly string[], optional: readonly string[]): Subtype {
  return {
    service: 'states',
    required,
    optional,
    request: values => json(`AWSStepFunctions.${operation}`, '1.0', Object.fromEntries([...values].map(([name, value]) => [name[0].toLowerCase() + name.slice(1), value]))),
  };
}

function sqs(operation: string, required: readonly string[], optional: readonly string[]): Subtype {
  return {
    service: 'sqs',
    required,
    optional,
    request: values => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: sqsForm(operation, values) }),
  };
}

function json(target: string, version: string, input: object) {
  return { headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target }, body: JSON.stringify(input) };
}

function pick(values: Values, names: readonly string[]): Record<string, string> {
  return Object.fromEntries([...values].filter(([name]) => names.includes(name)));
}
