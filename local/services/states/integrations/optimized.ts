import { Integration } from './integration';
import { StatesError } from '../../../engines/asl';
import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';

interface OptimizedAction {
  readonly service: string;
  readonly operation: string;
  readonly error: (context: ServiceContext, error: AwsError) => StatesError;
  /** Refuses an answer that is a failure in the dress of a success. */
  readonly check?: (output: any) => void;
  readonly input?: (parameters: any) => unknown;
}

/** The integrations that are older than the SDK's own; their errors are named and worded differently. */
const ACTIONS: Record<string, OptimizedAction> = {
  'dynamodb:getItem': { service: 'dynamodb', operation: 'GetItem', error: dynamoDbError },
  'dynamodb:putItem': { service: 'dynamodb', operation: 'PutItem', error: dynamoDbError },
  'dynamodb:updateItem': { service: 'dynamodb', operation: 'UpdateItem', error: dynamoDbError },
  'dynamodb:deleteItem': { service: 'dynamodb', operation: 'DeleteItem', error: dynamoDbError },
  'events:putEvents': {
    service: 'events',
    operation: 'PutEvents',
    input: ({ Entries: entries, ...rest }) => ({
      ...rest,
      Entries: Array.isArray(entries)
        ? entries.map(entry => ({ ...entry, Detail: typeof entry.Detail === 'string' ? entry.Detail : JSON.stringify(entry.Detail) }))
        : entries,
    }),
    check: output => {
      if (output.FailedEntryCount > 0) {
        throw new StatesError('EventBridge.FailedEntry', JSON.stringify(output));
      }
    },
    error: (context, error) => olderError(context, error, 'EventBridge', 'AmazonEventBridge'),
  },
  'states:startExecution': {
    service: 'states',
    operation: 'StartExecution',
    input: startInput,
    error: (context, error) => olderError(context, error, 'StepFunctions', 'AWSStepFunctions'),
  },
};

const RESOURCE = /^arn:[^:]+:states:::((?:dynamodb|events|states):[A-Za-z]+)$/;

export const optimized: Integration = {
  supports: resource => {
    const [, action] = RESOURCE.exec(resource) ?? [];
    return action !== undefined && Object.hasOwn(ACTIONS, action);
  },
  run: async (context, request) => {
    const { service, operation, error: errorOf, check, input } = ACTIONS[RESOURCE.exec(request.resource)![1]];
    try {
      const parameters = input ? input(request.arguments ?? {}) : request.arguments;
      const output = await context.invoke({ principal: request.principal, service, operation, input: parameters });
      check?.(output);
      return output;
    } catch (error) {
      throw error instanceof AwsError ? errorOf(context, error) : error;
    }
  },
};

/** The input may be any JSON here; the API takes its text. */
function startInput({ StateMachineArn: stateMachineArn, Name: name, Input: input }: { StateMachineArn: string; Name?: string; Input?: unknown }) {
  return { stateMachineArn, name, input: typeof input === 'string' ? input : JSON.stringify(input ?? {}) };
}

const DYNAMODB_MODELED = new Set([
  'ConditionalCheckFailedException', 'ItemCollectionSizeLimitExceededException', 'ProvisionedThroughputExceededException', 'ResourceNotFoundException', 'TransactionConflictException',
]);

function dynamoDbError(context: ServiceContext, error: AwsError): StatesError {
  const exception = DYNAMODB_MODELED.has(error.code) ? error.code : 'AmazonDynamoDBException';
  return new StatesError(`DynamoDB.${exception}`, olderCause(context, error, 'AmazonDynamoDBv2'));
}

function olderError(context: ServiceContext, error: AwsError, prefix: string, service: string): StatesError {
  return new StatesError(`${prefix}.${error.code.replace(/(Exception)?$/, 'Exception')}`, olderCause(context, error, service));
}

function olderCause(context: ServiceContext, error: AwsError, service: string): string {
  return `${error.message} (Service: ${service}; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${context.randomness.uuid()}; Proxy: null)`;
}
