import { EventEnvelope } from './event-envelope';
import { Rule } from './rule';
import { Target } from './target';
import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';
import { queueUrlOf } from '../../../kernel/queue-url';

/** Why an event is given up. */
export interface Failure {
  readonly error: unknown;
  readonly retryAttempts: number;
  /** Which bound of the retry policy was reached; undefined for what is not tried again at all. */
  readonly exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
}

/** EventBridge's own words for what its targets' services answer. */
const ERROR_CODES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(AccessDenied|AuthorizationError|UnrecognizedClient)/, 'NO_PERMISSIONS'],
  [/NotFound|DoesNotExist|NonExistent/, 'NO_RESOURCE'],
  [/Throttl|TooManyRequests|RequestLimitExceeded/, 'THROTTLING'],
  [/LimitExceeded|OverLimit/, 'RESOURCE_LIMIT_EXCEEDED'],
  [/AlreadyExists/, 'RESOURCE_ALREADY_EXISTS'],
  [/Invalid|Validation|Missing|Serialization/, 'INVALID_PARAMETER'],
  [/Timeout|TimedOut/, 'TIMEOUT'],
];

/** Puts an event that could not be delivered into the target's dead-letter queue, with what it failed of. */
export async function sendToDeadLetterQueue(context: ServiceContext, rule: Rule, target: Target, event: EventEnvelope, failure: Failure): Promise<void> {
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  await context.invoke({
    principal: { kind: 'service', arn: 'events.amazonaws.com', sourceArn: rule.arn },
    service: 'sqs',
    operation: 'SendMessage',
    input: {
      QueueUrl: queueUrlOf(target.deadLetterArn!),
      MessageBody: JSON.stringify(event),
      MessageAttributes: {
        RULE_ARN: text(rule.arn),
        TARGET_ARN: text(target.definition.Arn),
        ERROR_CODE: text(errorCodeOf(failure.error)),
        ERROR_MESSAGE: text(messageOf(failure.error)),
        RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(failure.retryAttempts) },
        ...(failure.exhausted ? { EXHAUSTED_RETRY_CONDITION: text(failure.exhausted) } : {}),
      },
    },
  });
}

function errorCodeOf(error: unknown): string {
  if (!(error instanceof AwsError)) {
    return 'INTERNAL_ERROR';
  }
  if (error.message.includes('sts:AssumeRole')) {
    return 'FAILED_TO_ASSUME_ROLE';
  }
  return ERROR_CODES.find(([pattern]) => pattern.test(error.code))?.[1] ?? (error.status >= 500 ? 'ERROR_FROM_TARGET' : 'SDK_CLIENT_ERROR');
}

/** An attribute cannot be empty. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)) || 'Unknown error';
}
