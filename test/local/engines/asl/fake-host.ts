import {
  ExecutionHost, ExecutionRequest, ExecutionResult, HistoryEvent, TaskRequest, compileStateMachine,
} from '../../../../local/engines/asl';
import { sleepBy } from '../../../../local/kernel/sleep';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A host whose clock moves on to the next sleeper whenever nothing else is left to do. */
export class FakeHost implements ExecutionHost {
  readonly events: HistoryEvent[] = [];
  readonly requests: TaskRequest[] = [];
  readonly naps: number[] = [];
  time = Date.parse('2026-01-01T00:00:00Z');
  chance = 0.5;
  private readonly sleepers = new Set<Sleeper>();

  constructor(private readonly handler: (request: TaskRequest, host: FakeHost) => unknown = ({ arguments: value }) => value) {}

  async task(request: TaskRequest): Promise<unknown> {
    this.requests.push(request);
    return this.handler(request, this);
  }

  now(): number {
    return this.time;
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    this.naps.push(milliseconds);
    const sleeper = { at: this.time + milliseconds, wake: callback };
    this.sleepers.add(sleeper);
    return () => this.sleepers.delete(sleeper);
  }

  /** For what a task waits for. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return sleepBy((after, wake) => this.schedule(after, wake), milliseconds, signal);
  }

  random(): number {
    return this.chance;
  }

  uuid(): string {
    return 'b1946ac9-0000-4000-8000-000000000000';
  }

  record(event: HistoryEvent): void {
    this.events.push(event);
  }

  get sleeping(): number {
    return this.sleepers.size;
  }

  /** Lets everything that need not wait happen. */
  async settle(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
  }

  /** Moves the clock, waking whoever sleeps until then. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds;
    await this.settle();
    for (let next = this.earliest(); next && next.at <= until; next = this.earliest()) await this.wake(next);
    this.time = until;
  }

  /** Awaits a promise, moving the clock as far as it takes. */
  async finish<T>(promise: Promise<T>): Promise<T> {
    let done = false;
    promise.then(() => { done = true; }, () => { done = true; });
    for (;;) {
      await this.settle();
      const next = this.earliest();
      if (done || !next) break;
      await this.wake(next);
    }
    return promise;
  }

  private earliest(): Sleeper | undefined {
    return [...this.sleepers].sort((left, right) => left.at - right.at)[0];
  }

  private async wake(sleeper: Sleeper): Promise<void> {
    this.sleepers.delete(sleeper);
    this.time = Math.max(this.time, sleeper.at);
    sleeper.wake();
    await this.settle();
  }
}

export const CONTEXT: ExecutionRequest['context'] = {
  Execution: { Id: 'arn:aws:states:eu-west-1:111122223333:execution:machine:run', Name: 'run', RoleArn: 'arn:aws:iam::111122223333:role/r', StartTime: '2026-01-01T00:00:00.000Z', RedriveCount: 0 },
  StateMachine: { Id: 'arn:aws:states:eu-west-1:111122223333:stateMachine:machine', Name: 'machine' },
};

export interface RunOptions {
  readonly host?: FakeHost;
  readonly type?: ExecutionRequest['type'];
  readonly stoppedBy?: ExecutionRequest['stoppedBy'];
}

/** Runs a definition to its end on a fake clock. */
export async function run(definition: object, input: unknown = {}, { host = new FakeHost(), type = 'STANDARD', stoppedBy }: RunOptions = {}): Promise<ExecutionResult> {
  return host.finish(compileStateMachine(definition).execute({ input, type, context: CONTEXT, stoppedBy }, host));
}

/** A state machine of one state that ends it. */
export function single(state: object, language = 'JSONPath'): object {
  return { QueryLanguage: language, StartAt: 'S', States: { S: { ...state, ...(endsItself(state) ? {} : { End: true }) } } };
}

function endsItself(state: object): boolean {
  const { Type: type, Next: next } = state as { Type?: string; Next?: string };
  return type === 'Succeed' || type === 'Fail' || type === 'Choice' || next !== undefined;
}

/** The value of one JSONata expression. */
export async function evaluate(expression: string, input: unknown = {}, host = new FakeHost()): Promise<unknown> {
  const result = await run(single({ Type: 'Pass', Output: `{% ${expression} %}` }, 'JSONata'), input, { host });
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return result.output;
}

export const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
