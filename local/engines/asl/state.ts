/** The contract between the interpreter and the state types: states, and the stays in them. */
import { Branch, MapItem } from './execution';
import { ExecutionHost } from './host';
import { Inspection, StateMock } from './inspection';
import { JsonObject } from './json';
import { MaybePromise } from './maybe-promise';

/** The state types of the Amazon States Language. */
export type StateType = 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** Where a state leads: filled in once all states of its block are compiled; undefined ends the block. */
export interface Destination {
  state?: CompiledState;
}

/** A state ready to run. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  readonly errorHandling?: ErrorHandling;
  /** Does the state's work and leaves its output and its successor in the visit. */
  run(visit: Visit): MaybePromise<void>;
  /** Records that no retrier or catcher tried again, for states that announce their failure. */
  recordFailure?(visit: Visit): void;
}

/** States that lead to one another: a state machine, a Parallel branch or a Map's processor. */
export interface StateBlock {
  readonly startAt: Destination;
}

/** One entry of a Retry array. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly fullJitter: boolean;
}

/** One entry of a Catch array. */
export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: Destination;
  /** Leaves the output in the visit and assigns variables. */
  apply(visit: Visit): MaybePromise<void>;
}

/** What a state does about failures. */
export interface ErrorHandling {
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

/** One stay in a state, through all its retries. */
export class Visit {
  /** What the state hands to the next one. */
  output: unknown;
  /** The state that follows; undefined at the end of the branch. */
  next?: CompiledState;
  result: unknown;
  errorOutput?: JsonObject;
  retryCount?: number;
  taskToken?: string;
  item?: MapItem;
  /** The variables this state assigned, for its exit event. */
  assigned?: ReadonlyMap<string, unknown>;
  /** Takes down the steps of the data's way through the state, in a test. */
  inspection?: Inspection;
  /** Stands in for the branches or iterations of the state, in a test. */
  mock?: StateMock;
  private readonly enteredAt: number;

  constructor(readonly branch: Branch, readonly state: CompiledState, readonly input: unknown, readonly enteredEventId: number) {
    this.item = branch.item;
    this.enteredAt = branch.execution.host.now();
  }

  get host(): ExecutionHost {
    return this.branch.execution.host;
  }

  /** The same stay as seen for one item of a Map. */
  forItem(item: MapItem): Visit {
    const visit = new Visit(this.branch, this.state, this.input, this.enteredEventId);
    visit.item = item;
    visit.retryCount = this.retryCount;
    return visit;
  }

  /** The context object: `$$` in JSONPath, `$states.context` in JSONata. */
  get context(): JsonObject {
    const context: JsonObject = {};
    for (const name of CONTEXT_MEMBERS) {
      const value = this.contextMember(name);
      if (value !== undefined) context[name] = value;
    }
    return context;
  }

  /** One member of the context object, for the paths that need no other. */
  contextMember(name: string): unknown {
    switch (name) {
      case 'Execution': return this.branch.execution.context.Execution;
      case 'StateMachine': return this.branch.execution.context.StateMachine;
      case 'State': return this.stateContext;
      case 'Map': return this.item && { Item: this.item };
      case 'Task': return this.taskToken === undefined ? undefined : { Token: this.taskToken };
      default: return undefined;
    }
  }

  private get stateContext(): JsonObject {
    const state: JsonObject = { Name: this.state.name, EnteredTime: new Date(this.enteredAt).toISOString() };
    if (this.retryCount !== undefined) state.RetryCount = this.retryCount;
    return state;
  }
}

const CONTEXT_MEMBERS = ['Execution', 'StateMachine', 'State', 'Map', 'Task'];
