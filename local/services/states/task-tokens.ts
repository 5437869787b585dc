import { StatesError } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';

/** A Task that waits for somebody to send its token back. */
interface Waiting {
  readonly token: string;
  readonly stateMachineArn: string;
  heartbeat(): void;
}

interface Entry extends Waiting {
  resolve(output: unknown): void;
  reject(error: StatesError): void;
}

/** Ended tasks whose tokens are still known as theirs, the oldest dropped first. */
const KEPT_ENDED = 10_000;

/** The tokens of the tasks that wait, and of those that did. */
export class TaskTokens {
  private readonly waiting = new Map<string, Entry>();
  private readonly ended = new Map<string, string>();

  /** What is sent for the token, once it is; rejects when the task has ended before. */
  add({ token, stateMachineArn, heartbeat }: Waiting): Promise<unknown> {
    const sent = new Promise((resolve, reject) => this.waiting.set(token, { token, stateMachineArn, heartbeat, resolve, reject }));
    // It may come before the task awaits it.
    sent.catch(() => {});
    return sent;
  }

  /** The task is over: its token is good for nothing any more. */
  end(token: string): void {
    const task = this.waiting.get(token);
    if (!task) {
      return;
    }
    task.reject(new StatesError('States.TaskFailed', 'The task has ended.'));
    this.waiting.delete(token);
    this.ended.set(token, task.stateMachineArn);
    if (this.ended.size > KEPT_ENDED) {
      this.ended.delete(this.ended.keys().next().value!);
    }
  }

  stateMachineArn(token: unknown): string {
    const arn = typeof token === 'string' ? this.waiting.get(token)?.stateMachineArn ?? this.ended.get(token) : undefined;
    if (arn === undefined) {
      throw new AwsError('InvalidToken', 'Invalid Token: \'Invalid token\'');
    }
    return arn;
  }

  succeed(token: string, output: unknown): void {
    this.get(token).resolve(output);
    this.end(token);
  }

  fail(token: string, error?: string, cause?: string): void {
    this.get(token).reject(new StatesError(error, cause));
    this.end(token);
  }

  heartbeat(token: string): void {
    this.get(token).heartbeat();
  }

  private get(token: string): Entry {
    const task = this.waiting.get(token);
    if (!task) {
      throw new AwsError('TaskTimedOut', 'Task Timed Out: \'Provided task does not exist anymore\'');
    }
    return task;
  }
}
