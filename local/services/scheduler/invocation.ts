import { Schedule } from './schedule';
import { targetCall } from './target-call';
import { AwsError } from '../../kernel/aws-error';
import { ServiceContext } from '../../kernel/contracts';
import { insist } from '../../kernel/insist';
import { queueUrlOf } from '../../kernel/queue-url';
import { isTransient } from '../../kernel/transient-error';

const RETRY_ATTEMPTS = 185;
const RETRY_SECONDS = 24 * 60 * 60;
const FIRST_RETRY_MILLISECONDS = 1000;
const LONGEST_RETRY_MILLISECONDS = 60 * 60 * 1000;

/** Calls the target of a schedule for one of its times, again and again if need be, and gives up into the dead-letter queue. */
export async function invokeTarget(context: ServiceContext, schedule: Schedule, scheduledTime: number, signal: AbortSignal): Promise<void> {
  const { RetryPolicy: retry = {}, RoleArn: roleArn } = schedule.properties.Target;
  const mostRetries = Number(retry.MaximumRetryAttempts ?? RETRY_ATTEMPTS);
  const mostSeconds = Number(retry.MaximumEventAgeInSeconds ?? RETRY_SECONDS);
  const executionId = context.randomness.uuid();
  for (let attempt = 0; !signal.aborted; attempt++) {
    const input = inputOf(schedule, scheduledTime, executionId, attempt + 1);
    try {
      const principal = context.assumeRole(roleArn, 'scheduler.amazonaws.com', schedule.groupArn);
      refuseFailedEntries(await context.invoke({ principal, ...targetCall(schedule, input) }));
      return;
    } catch (error) {
      const isRetried = isTransient(error);
      const age = (context.clock.now() - scheduledTime) / 1000;
      if (!isRetried || attempt >= mostRetries || age >= mostSeconds) {
        const exhausted = attempt >= mostRetries ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
        await giveUp(context, schedule, { input, attempts: attempt, exhausted: isRetried ? exhausted : undefined, error }, signal);
        return;
      }
    }
    const longest = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** attempt, LONGEST_RETRY_MILLISECONDS);
    await context.clock.sleep(longest * (0.5 + context.randomness.number() / 2), signal).catch(() => undefined);
  }
}

/** The input with its context attributes filled in; without one, the event that Scheduler makes up. */
function inputOf(schedule: Schedule, scheduledTime: number, executionId: string, attempt: number): string {
  const { properties: { Target: { Input: input } }, arn, environment: { account, region } } = schedule;
  const time = new Date(scheduledTime).toISOString().replace(/\.\d+Z$/, 'Z');
  if (input === undefined) {
    return JSON.stringify({
      'version': '0',
      'id': executionId,
      'detail-type': 'Scheduled Event',
      'source': 'aws.scheduler',
      account,
      time,
      region,
      'resources': [arn],
      'detail': '{}',
    });
  }
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}

interface PutEventsOutput {
  readonly FailedEntryCount?: number;
  readonly Entries?: ReadonlyArray<{ readonly ErrorCode?: string; readonly ErrorMessage?: string }>;
}

/** PutEvents tells its failures in a success. */
function refuseFailedEntries(answer: unknown): void {
  const { FailedEntryCount: failed = 0, Entries: entries = [] } = (answer ?? {}) as PutEventsOutput;
  if (failed > 0) {
    throw new AwsError(entries[0]?.ErrorCode ?? 'InternalFailure', entries[0]?.ErrorMessage ?? '');
  }
}

/** How an invocation ended that is given up. */
interface GivenUp {
  readonly input: string;
  readonly attempts: number;
  /** Which bound of the retry policy was reached; undefined for what is not tried again at all. */
  readonly exhausted?: string;
  readonly error: unknown;
}

async function giveUp(context: ServiceContext, schedule: Schedule, { input, attempts, exhausted, error }: GivenUp, signal: AbortSignal): Promise<void> {
  const { arn, groupArn, properties: { Target: { Arn: target, RoleArn: roleArn, DeadLetterConfig: deadLetters } } } = schedule;
  const code = error instanceof AwsError ? error.code : 'InternalFailure';
  const message = error instanceof Error ? error.message : String(error);
  fail(context, `Schedule ${schedule.name} could not call ${target}: ${code}: ${message}`);
  if (deadLetters?.Arn === undefined) {
    return;
  }
  const attributes = {
    ERROR_CODE: code,
    ERROR_MESSAGE: message,
    RETRY_ATTEMPTS: String(attempts),
    SCHEDULE_ARN: arn,
    TARGET_ARN: target,
    IS_PAYLOAD_TRUNCATED: 'false',
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  try {
    await insist(context.clock, signal, () => context.invoke({
      principal: context.assumeRole(roleArn, 'scheduler.amazonaws.com', groupArn),
      service: 'sqs',
      operation: 'SendMessage',
      input: {
        QueueUrl: queueUrlOf(deadLetters.Arn!),
        MessageBody: input,
        // An attribute cannot be empty.
        MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { DataType: 'String', StringValue: value || ' ' }])),
      },
    }));
  } catch (failure) {
    fail(context, `Schedule ${schedule.name} could not reach its dead-letter queue ${deadLetters.Arn}: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}

function fail(context: ServiceContext, message: string): void {
  context.trace.emit({ kind: 'failure', time: context.clock.now(), source: 'scheduler', message });
}
