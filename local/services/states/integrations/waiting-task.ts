import { TaskTokens } from '../task-tokens';

/** What the service itself lends to a Task that goes on after the service behind it has answered. */
export interface WaitingTaskOptions {
  readonly token: string;
  readonly stateMachineArn: string;
  /** Aborted when the Task has to end, whatever it waits for. */
  readonly signal: AbortSignal;
  /** To be called when the worker tells that it is alive. */
  heartbeat(): void;
  /** To be called when the service has taken the call. */
  submitted(answer: unknown): void;
  /** Resolves when a standard execution has ended, or is none. */
  ended(executionArn: string): Promise<unknown>;
}

/** A Task that ends with what somebody sends for its token, or with the job that it has started. */
export class WaitingTask {
  constructor(private readonly tokens: TaskTokens, private readonly options: WaitingTaskOptions) {}

  get signal(): AbortSignal {
    return this.options.signal;
  }

  ended(executionArn: string): Promise<unknown> {
    return this.options.ended(executionArn);
  }

  /** The token is good before the call is made: its receiver may be faster than the answer. */
  async run(call: () => Promise<unknown>, job?: (answer: unknown) => Promise<unknown>): Promise<unknown> {
    const { options, signal } = this;
    const sent = this.tokens.add(options);
    const end = () => this.tokens.end(options.token);
    signal.addEventListener('abort', end, { once: true });
    try {
      const answer = await call();
      options.submitted(answer);
      return await (job ? Promise.race([sent, job(answer)]) : sent);
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  }
}
