import { Principal, ServiceContext, SessionCredentials } from '../../../kernel/contracts';
import { FunctionConfiguration, takesCallbacks } from '../function-configuration';
import { environmentVariables } from './environment-variables';
import { FunctionLog } from './function-log';
import { FunctionProcess, ProcessEvents } from './function-process';
import { errorPayload, Invocation, InvocationResult } from './invocation';

const INITIALIZATION_MILLISECONDS = 10_000;

/** What Lambda leaves Node of a function's memory. */
const HEAP_SHARE = 0.9;

const EXIT_ERROR = 'Runtime.ExitError';

/** How the wait for a process ended: with its answer, with its own end, or with the end of the time it had. */
type Outcome =
  | { readonly kind: 'answered'; readonly message: Record<string, unknown> }
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'timeout' };

/** What an invocation came to; `status` is what the log's report says of a failure that is not the handler's own. */
interface Ending {
  readonly payload: string;
  readonly failed: boolean;
  readonly status?: string;
}

/** One process that runs one version of a function, for one invocation at a time: made for the first, and kept for those that follow. */
export class ExecutionEnvironment implements ProcessEvents {
  private readonly process: FunctionProcess;
  private readonly log: FunctionLog;
  private readonly credentials: SessionCredentials;
  private readonly startedAt: number;
  private memoryMegabytes = 0;
  private initialization: Promise<Outcome> | undefined;
  private end: string | undefined;
  private answer: Record<string, unknown> | undefined;
  private printedFor: string | undefined;
  /** Looks whether what is waited for has happened. */
  private look: (() => void) | undefined;

  constructor(
    private readonly context: ServiceContext,
    private readonly configuration: FunctionConfiguration,
    private readonly version: string,
    role: Principal,
  ) {
    const { directory, handler, memoryMegabytes, environment } = configuration;
    this.startedAt = context.clock.now();
    this.credentials = context.issueCredentials(role);
    this.log = new FunctionLog(context, configuration, role, version);
    const endpoint = context.endpoint();
    this.process = new FunctionProcess(
      { root: directory, handler, project: process.cwd(), endpoint, urlSuffix: environment.urlSuffix, callbacks: takesCallbacks(configuration) },
      environmentVariables(configuration, version, this.log.stream, this.credentials, endpoint),
      Math.floor(memoryMegabytes * HEAP_SHARE),
      this,
    );
    this.initialization = this.wait(INITIALIZATION_MILLISECONDS, () => this.answer !== undefined);
  }

  /** Whether it can take another invocation. */
  get isAlive(): boolean {
    return this.end === undefined;
  }

  /** Runs the handler once. What goes wrong in it is a result too. */
  async invoke(invocation: Invocation): Promise<InvocationResult> {
    const { clock } = this.context;
    const { requestId } = invocation;
    const initialized = this.initialization && await this.initialization;
    const initMilliseconds = initialized && clock.now() - this.startedAt;
    this.initialization = undefined;
    this.log.append(`START RequestId: ${requestId} Version: ${this.version}\n`);
    const startedAt = clock.now();
    const { payload, failed, status } = this.initializationFailure(initialized, requestId) ?? await this.run(invocation);
    this.log.append(`END RequestId: ${requestId}\n`);
    this.log.append(this.report(requestId, clock.now() - startedAt, initMilliseconds, status));
    const logTail = this.log.tail;
    this.log.flush();
    return { payload, failed, logTail };
  }

  stop(): void {
    this.end ??= 'stopped';
    this.process.kill();
    this.context.revokeCredentials(this.credentials.accessKeyId);
    this.look?.();
  }

  answered(message: Record<string, unknown>): void {
    this.answer = message;
    this.memoryMegabytes = Math.max(this.memoryMegabytes, Math.ceil(Number(message.memory) / 1024) || 0);
    this.look?.();
  }

  printed(line: string): void {
    this.log.append(line);
  }

  printedAll(requestId: string): void {
    this.printedFor = requestId;
    this.look?.();
  }

  ended(reason: string): void {
    this.end ??= reason;
    this.context.revokeCredentials(this.credentials.accessKeyId);
    this.look?.();
  }

  private initializationFailure(outcome: Outcome | undefined, requestId: string): Ending | undefined {
    if (!outcome) {
      return undefined;
    }
    const { answer } = this;
    this.answer = undefined;
    if (outcome.kind === 'answered' && answer?.ready === true) {
      return undefined;
    }
    this.stop();
    return outcome.kind === 'answered' ? this.failureOf(answer?.initError) : this.failureWithoutAnswer(outcome, requestId);
  }

  private async run(invocation: Invocation): Promise<Ending> {
    const { requestId, event, invokedFunctionArn, clientContext } = invocation;
    const timeoutMilliseconds = this.configuration.timeoutSeconds * 1000;
    this.answer = undefined;
    this.process.send({ id: requestId, event, invokedFunctionArn, clientContext, timeoutMilliseconds, traceId: this.traceId() });
    const outcome = await this.wait(timeoutMilliseconds, () => this.answer?.id === requestId && this.printedFor === requestId);
    if (outcome.kind !== 'answered') {
      this.stop();
      return this.failureWithoutAnswer(outcome, requestId);
    }
    const { result, error } = outcome.message;
    return typeof result === 'string' ? { payload: result, failed: false } : this.failureOf(error);
  }

  private failureOf(error: unknown): Ending {
    const errorType = String((Object(error) as { errorType?: unknown }).errorType);
    return { payload: JSON.stringify(error ?? null), failed: true, ...(/^(Runtime|Function)\./.test(errorType) ? { status: errorStatus(errorType) } : {}) };
  }

  private failureWithoutAnswer(outcome: Outcome, requestId: string): Ending {
    if (outcome.kind === 'ended') {
      return { payload: errorPayload(EXIT_ERROR, `RequestId: ${requestId} Error: ${outcome.reason}`), failed: true, status: errorStatus(EXIT_ERROR) };
    }
    const seconds = this.configuration.timeoutSeconds.toFixed(2);
    return { payload: errorPayload('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`), failed: true, status: 'Status: timeout' };
  }

  /** Waits until something has happened, the process has ended, or the time is up. */
  private wait(milliseconds: number, happened: () => boolean): Promise<Outcome> {
    return new Promise(resolve => {
      const settle = (outcome: Outcome) => {
        this.look = undefined;
        cancel();
        resolve(outcome);
      };
      const cancel = this.context.clock.schedule(milliseconds, () => settle({ kind: 'timeout' }));
      this.look = () => {
        if (happened()) {
          settle({ kind: 'answered', message: this.answer! });
        } else if (this.end !== undefined) {
          settle(this.answer ? { kind: 'answered', message: this.answer } : { kind: 'ended', reason: this.end });
        }
      };
      this.look();
    });
  }

  private report(requestId: string, milliseconds: number, initMilliseconds: number | undefined, status: string | undefined): string {
    const parts = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${milliseconds.toFixed(2)} ms`,
      `Billed Duration: ${Math.max(1, Math.ceil(milliseconds + (initMilliseconds ?? 0)))} ms`,
      `Memory Size: ${this.configuration.memoryMegabytes} MB`,
      `Max Memory Used: ${this.memoryMegabytes} MB`,
      ...(initMilliseconds === undefined ? [] : [`Init Duration: ${initMilliseconds.toFixed(2)} ms`]),
      ...(status === undefined ? [] : [status]),
    ];
    return `${parts.join('\t')}\t\n`;
  }

  private traceId(): string {
    const { clock, randomness } = this.context;
    return `Root=1-${Math.floor(clock.now() / 1000).toString(16)}-${randomness.bytes(12).toString('hex')};Parent=${randomness.bytes(8).toString('hex')};Sampled=0`;
  }
}

function errorStatus(errorType: string): string {
  return `Status: error\tError Type: ${errorType}`;
}
