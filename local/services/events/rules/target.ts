import { compileTargetInput, InvalidTargetInputError, TargetInput } from '../../../engines/input-transformer';
import { AwsError } from '../../../kernel/aws-error';
import { invalid, violation } from '../errors';
import { TargetDefinition } from './target-definition';
import { targetKind } from '../targets';

/** A target that is ready to be called. */
export interface Target {
  readonly definition: TargetDefinition;
  readonly input: TargetInput;
  /** Attempts after the first, as the target or EventBridge's default says. */
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly deadLetterArn?: string;
}

const MEMBERS = ['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'RetryPolicy', 'DeadLetterConfig'];
const RETRY_ATTEMPTS = 185;
const RETRY_SECONDS = 24 * 60 * 60;
const MINIMUM_RETRY_SECONDS = 60;
const ID = /^[.\-_A-Za-z0-9]+$/;
const MAXIMUM_ID_LENGTH = 64;
const STANDARD_QUEUE = /^arn:[^:]+:sqs:[^:]+:\d{12}:[A-Za-z0-9_-]+$/;

/** Checks a target and makes it ready; `index` is where it stands in its list. */
export function compileTarget(definition: TargetDefinition, index: number = 0): Target {
  const member = `targets.${index + 1}.member`;
  if (typeof definition !== 'object' || definition === null) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  checkText(definition.Id, `${member}.id`);
  checkText(definition.Arn, `${member}.arn`);
  if (!ID.test(definition.Id)) {
    throw violation(definition.Id, `${member}.id`, 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
  }
  if (definition.Id.length > MAXIMUM_ID_LENGTH) {
    throw violation(definition.Id, `${member}.id`, `have length less than or equal to ${MAXIMUM_ID_LENGTH}`);
  }
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./s.test(definition.Arn)) {
    throw invalid('Parameter Arn is not valid. Reason: Provided Arn is not in correct format.');
  }
  const kind = targetKind(definition.Arn);
  const unknown = Object.keys(definition).find(name => !MEMBERS.includes(name) && !kind.parameters?.includes(name));
  if (unknown !== undefined) {
    throw new AwsError('NotImplemented', `the local runtime does not emulate the property ${unknown} of a rule's target ${definition.Arn}`, 501);
  }
  if (kind.needsRole && !definition.RoleArn) {
    throw invalid(`RoleArn is required for target ${definition.Arn}.`);
  }
  kind.check?.(definition);
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = definition.RetryPolicy ?? {};
  return {
    definition,
    input: compileInput(definition),
    maximumRetryAttempts: bounded(attempts, RETRY_ATTEMPTS, 0, RETRY_ATTEMPTS, `${member}.retryPolicy.maximumRetryAttempts`),
    maximumEventAgeSeconds: bounded(age, RETRY_SECONDS, MINIMUM_RETRY_SECONDS, RETRY_SECONDS, `${member}.retryPolicy.maximumEventAgeInSeconds`),
    deadLetterArn: readDeadLetterArn(definition),
  };
}

function checkText(value: unknown, member: string): void {
  if (value === undefined || value === null) {
    throw violation(null, member, 'not be null');
  }
  if (typeof value !== 'string') {
    throw new AwsError('SerializationException', 'STRING_VALUE cannot be converted to the type of the member.');
  }
}

function compileInput(definition: TargetDefinition): TargetInput {
  try {
    return compileTargetInput(definition);
  } catch (error) {
    throw error instanceof InvalidTargetInputError ? invalid(error.message) : error;
  }
}

function bounded(given: unknown, usual: number, minimum: number, maximum: number, member: string): number {
  const value = given === undefined || given === null ? usual : Number(given);
  if (!Number.isInteger(value) || value < minimum) {
    throw violation(given, member, `have value greater than or equal to ${minimum}`);
  }
  if (value > maximum) {
    throw violation(given, member, `have value less than or equal to ${maximum}`);
  }
  return value;
}

function readDeadLetterArn({ Id: id, DeadLetterConfig: config }: TargetDefinition): string | undefined {
  const arn = config?.Arn;
  if (arn !== undefined && !STANDARD_QUEUE.test(String(arn))) {
    throw invalid(`Parameter DeadLetterConfig of target ${id} is not valid. Reason: the dead-letter queue has to be a standard SQS queue.`);
  }
  return arn;
}
