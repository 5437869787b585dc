import { Integration, TaskRequest } from './integration';
import { StatesError } from '../../../engines/asl';
import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';

interface SdkService {
  /** The service's name in the runtime. */
  readonly service: string;
  /** What the names of its errors begin with. */
  readonly prefix: string;
  /** Error codes that the SDK has a class for; any other becomes the service's general exception. */
  readonly modeled: ReadonlySet<string>;
}

/** The services by the names that resource ARNs use. */
const SERVICES: Record<string, SdkService> = {
  dynamodb: {
    service: 'dynamodb',
    prefix: 'DynamoDb',
    modeled: new Set([
      'ConditionalCheckFailedException', 'DuplicateItemException', 'IdempotentParameterMismatchException', 'InternalServerError', 'ItemCollectionSizeLimitExceededException',
      'LimitExceededException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ResourceInUseException', 'ResourceNotFoundException',
      'TableAlreadyExistsException', 'TableInUseException', 'TableNotFoundException', 'ThrottlingException', 'TransactionCanceledException', 'TransactionConflictException',
      'TransactionInProgressException',
    ]),
  },
  eventbridge: {
    service: 'events',
    prefix: 'EventBridge',
    modeled: new Set([
      'ConcurrentModificationException', 'InternalException', 'InvalidEventPatternException', 'InvalidStateException', 'LimitExceededException', 'ManagedRuleException',
      'OperationDisabledException', 'PolicyLengthExceededException', 'ResourceAlreadyExistsException', 'ResourceNotFoundException', 'ThrottlingException',
    ]),
  },
  sfn: {
    service: 'states',
    prefix: 'Sfn',
    modeled: new Set([
      'ExecutionAlreadyExistsException', 'ExecutionDoesNotExistException', 'ExecutionLimitExceededException', 'ExecutionNotRedrivableException', 'InvalidArnException',
      'InvalidExecutionInputException', 'InvalidNameException', 'StateMachineDeletingException', 'StateMachineDoesNotExistException', 'StateMachineTypeNotSupportedException',
      'ValidationException',
    ]),
  },
};

const RESOURCE = /^arn:[^:]+:states:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]*)$/;

/** Any operation of a service that the runtime has, called as the AWS SDK would. */
export const awsSdk: Integration = {
  supports: resource => {
    const [, name] = RESOURCE.exec(resource) ?? [];
    return name !== undefined && Object.hasOwn(SERVICES, name);
  },
  run: async (context, request) => {
    const [, name, action] = RESOURCE.exec(request.resource)!;
    const { service, prefix, modeled } = SERVICES[name];
    const operation = action.charAt(0).toUpperCase() + action.slice(1);
    try {
      return await context.invoke({ principal: request.principal, service, operation, input: request.arguments });
    } catch (error) {
      throw sdkError(context, error, prefix, modeled, request);
    }
  },
};

function sdkError(context: ServiceContext, error: unknown, prefix: string, modeled: ReadonlySet<string>, request: TaskRequest): unknown {
  if (!(error instanceof AwsError)) {
    return error;
  }
  if (error.code === 'NotImplemented') {
    return new StatesError('States.Runtime', `${error.message} (${request.resource})`);
  }
  // The Java SDK, which Step Functions calls with, ends every exception's name alike.
  const exception = modeled.has(error.code) ? error.code.replace(/(Exception)?$/, 'Exception') : `${prefix}Exception`;
  const cause = `${error.message} (Service: ${prefix}, Status Code: ${error.status}, Request ID: ${context.randomness.uuid()})`;
  return new StatesError(`${prefix}.${exception}`, cause);
}
