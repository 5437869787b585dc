import { Schedule } from './schedule';
import { AwsError } from '../../kernel/aws-error';
import { queueUrlOf } from '../../kernel/queue-url';

/** A call that a schedule makes. */
export interface TargetCall {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

/** One kind of target: which ARNs it takes, and what is called for it with the schedule's input. */
interface TargetKind {
  readonly arn: RegExp;
  call(schedule: Schedule, input: string, match: RegExpExecArray): TargetCall;
}

/** The services by the names that universal targets use. */
const SDK_SERVICES: Readonly<Record<string, string>> = {
  cloudwatchlogs: 'logs', dynamodb: 'dynamodb', eventbridge: 'events', lambda: 'lambda', pipes: 'pipes', scheduler: 'scheduler', sfn: 'states', sns: 'sns', sqs: 'sqs',
};

/** What only reads cannot be a target: nobody would see the answer. */
const READING = /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|test)/;

const KINDS: readonly TargetKind[] = [
  {
    arn: /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:.+$/,
    call: ({ properties: { Target: { Arn: arn } } }, input) => ({ service: 'states', operation: 'StartExecution', input: { stateMachineArn: arn, input } }),
  },
  {
    arn: /^arn:[^:]+:lambda:[^:]*:[^:]*:function:.+$/,
    call: ({ properties: { Target: { Arn: arn } } }, input) => ({ service: 'lambda', operation: 'Invoke', input: { FunctionName: arn, InvocationType: 'Event', Payload: input } }),
  },
  {
    arn: /^arn:[^:]+:sqs:[^:]*:[^:]*:.+$/,
    call: ({ properties: { Target: { Arn: arn, SqsParameters: parameters } } }, input) => ({
      service: 'sqs',
      operation: 'SendMessage',
      input: {
        QueueUrl: queueUrlOf(arn),
        MessageBody: input,
        ...(parameters?.MessageGroupId === undefined ? {} : { MessageGroupId: parameters.MessageGroupId }),
      },
    }),
  },
  {
    arn: /^arn:[^:]+:sns:[^:]*:[^:]*:.+$/,
    call: ({ properties: { Target: { Arn: arn } } }, input) => ({ service: 'sns', operation: 'Publish', input: { TopicArn: arn, Message: input } }),
  },
  {
    arn: /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\/.+$/,
    call: ({ properties: { Target: { Arn: arn, EventBridgeParameters: parameters } } }, input) => ({
      service: 'events',
      operation: 'PutEvents',
      input: { Entries: [{ EventBusName: arn, Source: parameters?.Source, DetailType: parameters?.DetailType, Detail: input }] },
    }),
  },
  {
    arn: /^arn:[^:]+:scheduler:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]*)$/,
    call: (_, input, [, service, operation]) => ({
      service: SDK_SERVICES[service], operation: operation.charAt(0).toUpperCase() + operation.slice(1), input: JSON.parse(input),
    }),
  },
];

/** Refuses a target that cannot be called, before its time comes. */
export function checkTarget({ Arn: arn, Input: input, EventBridgeParameters: parameters, RetryPolicy: retry = {} }: Schedule['properties']['Target']): void {
  const invalid = (message: string) => new AwsError('ValidationException', message);
  if (input !== undefined && typeof input !== 'string') {
    throw new AwsError('SerializationException', 'The Input of a target has to be a text.');
  }
  checkBounds('maximumRetryAttempts', retry.MaximumRetryAttempts, 0, 185);
  checkBounds('maximumEventAgeInSeconds', retry.MaximumEventAgeInSeconds, 60, 86_400);
  const kind = KINDS.find(each => each.arn.test(arn));
  const [, service, operation] = /:aws-sdk:([^:]+):([^:]+)$/.exec(arn) ?? [];
  if (!kind || (service !== undefined && !Object.hasOwn(SDK_SERVICES, service))) {
    throw invalid(`The local runtime does not emulate targets of schedules such as ${arn}.`);
  }
  if (operation !== undefined && READING.test(operation)) {
    throw invalid(`Provided Arn is not a valid target: ${operation} only reads, and a schedule has nobody to answer.`);
  }
  if (service !== undefined && !isObject(input)) {
    throw invalid('The Input of a universal target has to be a JSON object.');
  }
  if (arn.includes(':event-bus/') && (parameters?.Source === undefined || parameters.DetailType === undefined)) {
    throw invalid('EventBridgeParameters.DetailType and EventBridgeParameters.Source are required for the target EventBridge.');
  }
}

function checkBounds(member: string, value: number | string | undefined, minimum: number, maximum: number): void {
  const number = Number(value ?? minimum);
  if (!Number.isInteger(number) || number < minimum || number > maximum) {
    const bound = number > maximum ? `less than or equal to ${maximum}` : `greater than or equal to ${minimum}`;
    throw new AwsError('ValidationException', `1 validation error detected: Value '${String(value)}' at 'target.retryPolicy.${member}' failed to satisfy constraint: Member must have value ${bound}`);
  }
}

/** The call that a schedule makes with an input. */
export function targetCall(schedule: Schedule, input: string): TargetCall {
  const { Arn: arn } = schedule.properties.Target;
  const kind = KINDS.find(each => each.arn.test(arn))!;
  return kind.call(schedule, input, kind.arn.exec(arn)!);
}

function isObject(text: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
