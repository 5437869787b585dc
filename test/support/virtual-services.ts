import { VirtualHost } from '../../local/cli/engines/virtual-host';
import { ExecutionResult, StateMachine, StatesError, TaskRequest } from '../../local/engines/asl';

/** What a service answers: `attempt` counts from zero the calls with this input. */
export type Answer = (input: any, attempt: number) => unknown;

/** A call that a test sees. */
export interface Call {
  readonly name: string;
  readonly input: any;
  readonly at: number;
}

/** The services as one workflow finds them, where waiting takes no time. */
export class VirtualServices extends VirtualHost {
  readonly calls: Call[] = [];
  private readonly attempts = new Map<string, number>();
  private readonly began: number;

  /** @param surroundings `age` is for how long the execution has run when it begins; `chance` is what every throw of the dice comes to. */
  constructor(private readonly answers: Record<string, Answer>, private readonly surroundings: { readonly age?: number; readonly chance?: number } = {}) {
    super();
    this.began = this.now() - (surroundings.age ?? 0);
  }

  /** How old the execution is, in milliseconds. */
  get age(): number {
    return this.now() - this.began;
  }

  override random(): number {
    return this.surroundings.chance ?? super.random();
  }

  async task({ resource, arguments: input }: TaskRequest): Promise<unknown> {
    const name = resource.slice(resource.lastIndexOf(':') + 1);
    const call = `${name} ${JSON.stringify(input)}`;
    const attempt = this.attempts.get(call) ?? 0;
    this.attempts.set(call, attempt + 1);
    this.calls.push({ name, input, at: this.now() });
    return this.answers[name](input, attempt);
  }

  of(name: string): Call[] {
    return this.calls.filter(call => call.name === name);
  }

  run(machine: StateMachine, input: object): Promise<ExecutionResult> {
    const context = { Execution: { Id: 'arn:execution', StartTime: new Date(this.began).toISOString() }, StateMachine: { Id: 'arn:machine' } };
    return machine.execute({ input, type: 'EXPRESS', context }, this);
  }
}

/** Fails so many times, then succeeds. */
export function failing(error: string, times: number): Answer {
  return (_, attempt) => {
    if (attempt < times) {
      throw new StatesError(error, 'the reason');
    }
    return {};
  };
}

/** No answer. */
export const never: Answer = () => new Promise(() => {});
