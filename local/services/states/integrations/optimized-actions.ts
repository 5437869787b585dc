import { IntegrationPattern } from './integration';
import { lambdaOutput } from './lambda-payload';
import { SDK_SERVICES, SdkService } from './sdk-services';
import { StatesError } from '../../../engines/asl';

/** An integration that Step Functions has made for one action. */
export interface OptimizedAction {
  readonly sdkService: SdkService;
  readonly operation: string;
  /** What the names of its errors begin with. */
  readonly prefix: string;
  /** What the client is called in the first SDK for Java: in the name of its general exception. */
  readonly client: string;
  /** And in the texts of errors, when that differs. */
  readonly clientName?: string;
  /** What error codes are called in the protocol that the client speaks. */
  readonly codes?: Readonly<Record<string, string>>;
  /** What it can wait for. */
  readonly waits?: readonly IntegrationPattern[];
  /** The arguments as the service takes them. */
  readonly input?: (parameters: any) => object;
  /** The answer as the Task gives it; refuses one that is a failure in the dress of a success. */
  readonly output?: (answer: any) => object;
}

const DYNAMODB = { sdkService: SDK_SERVICES.dynamodb, prefix: 'DynamoDB', client: 'AmazonDynamoDB', clientName: 'AmazonDynamoDBv2' };

/** By what their resources are called. */
export const ACTIONS: Readonly<Record<string, OptimizedAction>> = {
  'dynamodb:getItem': { ...DYNAMODB, operation: 'GetItem' },
  'dynamodb:putItem': { ...DYNAMODB, operation: 'PutItem' },
  'dynamodb:updateItem': { ...DYNAMODB, operation: 'UpdateItem' },
  'dynamodb:deleteItem': { ...DYNAMODB, operation: 'DeleteItem' },
  'events:putEvents': {
    sdkService: SDK_SERVICES.eventbridge,
    operation: 'PutEvents',
    prefix: 'EventBridge',
    client: 'AmazonEventBridge',
    waits: ['waitForTaskToken'],
    input: ({ Entries: entries, ...others }) => ({
      ...others, Entries: Array.isArray(entries) ? entries.map(entry => ({ ...entry, Detail: textOf(entry?.Detail) })) : entries,
    }),
    output: answer => {
      if (answer.FailedEntryCount > 0) {
        throw new StatesError('EventBridge.FailedEntry', JSON.stringify({ Entries: answer.Entries, FailedEntryCount: answer.FailedEntryCount }));
      }
      return answer;
    },
  },
  'lambda:invoke': {
    sdkService: SDK_SERVICES.lambda,
    operation: 'Invoke',
    prefix: 'Lambda',
    client: 'AWSLambda',
    waits: ['waitForTaskToken'],
    input: ({ Payload: payload, ...others }) => ({ ...others, ...(payload === undefined || payload === null ? {} : { Payload: JSON.stringify(payload) }) }),
    output: lambdaOutput,
  },
  'sns:publish': {
    sdkService: SDK_SERVICES.sns,
    operation: 'Publish',
    prefix: 'SNS',
    client: 'AmazonSNS',
    waits: ['waitForTaskToken'],
    input: ({ Message: message, ...others }) => ({ ...others, Message: textOf(message) }),
  },
  'sqs:sendMessage': {
    sdkService: SDK_SERVICES.sqs,
    operation: 'SendMessage',
    prefix: 'SQS',
    client: 'AmazonSQS',
    codes: {
      AccessDeniedException: 'AccessDenied',
      InvalidParameterValueException: 'InvalidParameterValue',
      MissingRequiredParameterException: 'MissingParameter',
      QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
      UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
    },
    waits: ['waitForTaskToken'],
    input: ({ MessageBody: body, ...others }) => ({ ...others, MessageBody: textOf(body) }),
  },
  'states:startExecution': {
    sdkService: SDK_SERVICES.sfn,
    operation: 'StartExecution',
    prefix: 'StepFunctions',
    client: 'AWSStepFunctions',
    waits: ['waitForTaskToken', 'sync', 'sync:2'],
    input: ({ StateMachineArn: stateMachineArn, Name: name, Input: input }) => ({ stateMachineArn, name, input: textOf(input ?? {}) }),
    output: ({ executionArn, startDate }) => ({ ExecutionArn: executionArn, StartDate: startDate * 1000 }),
  },
};

/** The service takes a text where the Task may give any JSON; null is nothing. */
function textOf(value: unknown): unknown {
  return typeof value === 'string' || value === undefined || value === null ? value ?? undefined : JSON.stringify(value);
}
