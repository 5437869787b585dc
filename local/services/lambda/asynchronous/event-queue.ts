import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';
import { insist } from '../../../kernel/insist';
import { Invocation, InvocationResult } from '../execution/invocation';
import { FoundFunction, Functions } from '../functions';
import { Message, requestFor } from './destination';
import { DEFAULT_EVENT_INVOKE_SETTINGS, EventInvokeSettings } from './event-invoke-settings';

/** Lambda waits one minute before the first retry, and two before the second. */
const RETRY_MILLISECONDS = [60_000, 120_000];

/** Throttles are retried until the event is too old, first soon and then ever later. */
const FIRST_THROTTLED_RETRY = 1000;
const LONGEST_THROTTLED_RETRY = 5 * 60 * 1000;

const MAXIMUM_ERROR_MESSAGE = 1024;

/** Why an event is given up, or that it was not. */
type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** Asynchronous invocations: answered before they run, tried again when they fail, and handed on when they fail for good. */
export class EventQueue {
  private readonly stopped = new AbortController();

  constructor(private readonly context: ServiceContext, private readonly functions: Functions) {}

  /** Takes an event, and runs the function with it later. */
  enqueue(found: FoundFunction, invocation: Invocation): void {
    setImmediate(() => void this.process(found, invocation).catch(error => this.report(found, error)));
  }

  stop(): void {
    this.stopped.abort();
  }

  private async process({ reference, lambdaFunction }: FoundFunction, invocation: Invocation): Promise<void> {
    const { clock } = this.context;
    const settings = lambdaFunction.eventInvokeSettings.get(reference.qualifier) ?? DEFAULT_EVENT_INVOKE_SETTINGS;
    const received = clock.now();
    let failures = 0;
    let throttles = 0;
    for (let attempts = 1; ; attempts++) {
      // Another version may be the latest by now, or the function may be gone.
      const found = this.functions.find(reference.arn);
      let result: InvocationResult | undefined;
      try {
        result = await lambdaFunction.invoke(found.version, invocation);
      } catch (error) {
        if (!(error instanceof AwsError)) {
          throw error;
        }
      }
      const pause = result?.failed
        ? RETRY_MILLISECONDS[failures++] ?? RETRY_MILLISECONDS[1]
        : Math.min(FIRST_THROTTLED_RETRY * 2 ** throttles++, LONGEST_THROTTLED_RETRY);
      const condition = conditionOf(result, failures, clock.now() + pause - received, settings);
      if (condition !== undefined) {
        await this.handOn(found, settings, invocation, { result, condition, attempts });
        return;
      }
      if (!await this.pause(pause)) {
        return;
      }
    }
  }

  private async handOn(found: FoundFunction, settings: EventInvokeSettings, invocation: Invocation, end: End): Promise<void> {
    const { deadLetterArn } = found.version.configuration;
    if (end.condition !== 'Success' && deadLetterArn !== undefined) {
      await this.send(found, deadLetterArn, deadLetter(invocation, end));
    }
    const destination = end.condition === 'Success' ? settings.onSuccessArn : settings.onFailureArn;
    if (destination !== undefined) {
      await this.send(found, destination, invocationRecord(found, invocation, end, this.context.clock.now()));
    }
  }

  /** As the function: its role has to allow it. */
  private async send(found: FoundFunction, arn: string, message: Message): Promise<void> {
    const { name, arn: functionArn, roleArn } = found.version.configuration;
    try {
      const principal = this.context.assumeRole(roleArn, 'lambda.amazonaws.com', functionArn, name);
      const request = { principal, ...requestFor(this.context, arn, message, found.reference.arn) };
      await insist(this.context.clock, this.stopped.signal, () => this.context.invoke(request));
    } catch (error) {
      this.report(found, error);
    }
  }

  /** Waits for the next attempt; false when there is none, because the service stops. */
  private async pause(milliseconds: number): Promise<boolean> {
    try {
      await this.context.clock.sleep(milliseconds, this.stopped.signal);
      return true;
    } catch {
      return false;
    }
  }

  private report({ reference }: FoundFunction, error: unknown): void {
    const message = `An asynchronous invocation of ${reference.arn} is lost: ${error instanceof Error ? error.message : String(error)}`;
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source: 'lambda', message });
  }
}

interface End {
  readonly result: InvocationResult | undefined;
  readonly condition: Condition;
  readonly attempts: number;
}

function conditionOf(result: InvocationResult | undefined, failures: number, ageAtRetry: number, settings: EventInvokeSettings): Condition | undefined {
  if (result && !result.failed) {
    return 'Success';
  }
  if (failures > settings.maximumRetryAttempts) {
    return 'RetriesExhausted';
  }
  return ageAtRetry > settings.maximumEventAgeSeconds * 1000 ? 'EventAgeExceeded' : undefined;
}

function invocationRecord(found: FoundFunction, invocation: Invocation, { result, condition, attempts }: End, time: number): Message {
  const { version, reference, lambdaFunction } = found;
  const record = {
    version: '1.0',
    timestamp: new Date(time).toISOString(),
    requestContext: {
      requestId: invocation.requestId,
      functionArn: reference.qualifier === '' ? `${lambdaFunction.configuration.arn}:$LATEST` : reference.arn,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(invocation.event) as unknown,
    ...(result ? {
      responseContext: { statusCode: 200, executedVersion: version.version, ...(result.failed ? { functionError: 'Unhandled' } : {}) },
      responsePayload: JSON.parse(result.payload) as unknown,
    } : {}),
  };
  return { body: JSON.stringify(record), detailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}` };
}

function deadLetter({ requestId, event }: Invocation, { result }: End): Message {
  const { errorMessage } = Object(result ? JSON.parse(result.payload) : undefined) as { errorMessage?: unknown };
  return {
    body: event,
    detailType: '',
    attributes: {
      RequestID: { DataType: 'String', StringValue: requestId },
      ErrorCode: { DataType: 'Number', StringValue: result ? '200' : '429' },
      ErrorMessage: { DataType: 'String', StringValue: String(errorMessage ?? 'Rate Exceeded.').slice(0, MAXIMUM_ERROR_MESSAGE) },
    },
  };
}
