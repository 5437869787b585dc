import { ExecutionObservation } from './execution-observation';
import { runTask } from './integrations';
import { WaitingTask } from './integrations/waiting-task';
import { invalidArn } from './invalid-arn';
import { StateMachine } from './state-machines';
import { TaskTokens } from './task-tokens';
import { ExecutionHost, ExecutionRequest, ExecutionResult, HistoryEvent, TaskRequest } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';
import { Assumption, ServiceContext } from '../../kernel/contracts';

/** Executions kept for DescribeExecution; of those that have ended the oldest are dropped first. */
const KEPT_EXECUTIONS = 1000;

const ARN = /^arn:[^:]+:states:[^:]*:[^:]*:(execution|express):.+$/;

/** The one recorded execution of which both texts are known waits, and does nothing else. */
export const OUTPUT_ASSUMPTION: Assumption = {
  about: 'The output of an execution none of whose states changed the input',
  assumed: 'the text of the input as it was sent, as a Wait state is known to leave it',
};

export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly stateMachine: StateMachine;
  readonly input: string;
  readonly startedAt: number;
  readonly finished: Promise<FinishedExecution>;
  /** What happened so far; of standard executions only, as on AWS. */
  readonly history: readonly HistoryEvent[];
  result?: FinishedExecution;
  /** Ends it with the error and cause that whoever stops it gives. */
  stop(reason?: StopReason): void;
}

export interface StopReason {
  readonly error?: string;
  readonly cause?: string;
}

interface Outcome extends ExecutionResult {
  /** The output as text; that of the input, spaces and all, where no state touched it. */
  readonly outputText?: string;
}

export interface FinishedExecution extends Outcome {
  readonly stoppedAt: number;
}

export interface StartInput {
  readonly stateMachineArn?: string;
  readonly name?: string;
  readonly input?: string;
}

/** Runs state machines with the role that each declares. */
export class Executions {
  /** Standard executions only: AWS keeps no record of Express ones. */
  private readonly standard = new Map<string, Execution>();
  private readonly running = new Set<Execution>();
  readonly tokens = new TaskTokens();

  constructor(private readonly context: ServiceContext) {}

  start(stateMachine: StateMachine, request: StartInput): Execution {
    const { context } = this;
    const input = request.input ?? '{}';
    const parsedInput = parseInput(input);
    const name = request.name ?? context.randomness.uuid();
    if (typeof name !== 'string' || !/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name)) {
      throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    }
    const arn = this.newArn(stateMachine, name);
    const existing = this.standard.get(arn);
    if (existing) {
      if (!existing.result && existing.input === input) {
        return existing;
      }
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = this.run(stateMachine, arn, name, input, parsedInput);
    this.running.add(execution);
    void execution.finished.then(result => {
      execution.result = result;
      this.running.delete(execution);
    });
    this.keep(execution);
    return execution;
  }

  /** The standard executions of a state machine, the newest first. */
  of(stateMachine: StateMachine): Execution[] {
    return [...this.standard.values()].filter(execution => execution.stateMachine.arn === stateMachine.arn).reverse();
  }

  get(arn: unknown): Execution {
    if (typeof arn !== 'string' || !ARN.test(arn)) {
      throw invalidArn(arn, 'executionArn', 'execution');
    }
    const execution = this.standard.get(arn);
    if (!execution) {
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  }

  /** What a policy has to allow, whether there is such an execution or not. */
  arnOf(arn: unknown): string {
    return typeof arn === 'string' && /^arn:[^:]+:states:[^:]*:[^:]*:execution:.+$/.test(arn) ? arn : this.get(arn).arn;
  }

  /** Ends what still runs. */
  stop(): void {
    this.running.forEach(execution => execution.stop());
  }

  private run(stateMachine: StateMachine, arn: string, name: string, input: string, parsedInput: unknown): Execution {
    const startedAt = this.context.clock.now();
    const history: HistoryEvent[] = [];
    let stopExecution = (): void => {};
    let reason: StopReason = {};
    const observation = this.context.trace.detailed ? new ExecutionObservation(this.context, stateMachine, arn, input) : undefined;
    const request: ExecutionRequest = {
      input: parsedInput,
      type: stateMachine.type,
      context: {
        Execution: { Id: arn, Name: name, RoleArn: stateMachine.roleArn, StartTime: new Date(startedAt).toISOString(), RedriveCount: 0 },
        StateMachine: { Id: stateMachine.arn, Name: stateMachine.name },
      },
      stoppedBy: stop => { stopExecution = stop; },
    };
    const textOf = (output: unknown) => typeof output === 'object' && output === parsedInput ? input : JSON.stringify(output);
    const run = () => this.execute(stateMachine, recorderOf(stateMachine, arn, history, observation), request, textOf, observation);
    const ended = observation ? observation.within(run) : run();
    const finished = ended.then(outcome => this.finish(stateMachine, startedAt, outcome.status === 'ABORTED' ? { ...outcome, ...reason } : outcome, observation));
    const stop = (given: StopReason = {}) => {
      reason = given;
      stopExecution();
    };
    return { arn, name, stateMachine, input, startedAt, finished, history, stop };
  }

  /** Never rejects. Whatever becomes of an execution is a result, also of one whose output is nested too deeply to be written. */
  private async execute(
    stateMachine: StateMachine, recorder: Recorder, request: ExecutionRequest, textOf: (output: unknown) => string, observation?: ExecutionObservation,
  ): Promise<Outcome> {
    const { clock, randomness } = this.context;
    try {
      const principal = this.context.assumeRole(stateMachine.roleArn, 'states.amazonaws.com', stateMachine.arn);
      const result = await stateMachine.workflow.execute(request, {
        task: task => runTask(this.context, { resource: task.resource, arguments: task.arguments, principal }, this.waitingTask(stateMachine, task)),
        now: () => clock.now(),
        schedule: (milliseconds, callback) => clock.schedule(milliseconds, callback),
        random: () => randomness.number(),
        uuid: () => randomness.uuid(),
        ...recorder,
        evaluated: observation && (evaluation => observation.evaluated(evaluation)),
      });
      return result.status === 'SUCCEEDED' ? { ...result, outputText: textOf(result.output) } : result;
    } catch (error) {
      return { status: 'FAILED', error: error instanceof AwsError ? error.code : 'States.Runtime', cause: error instanceof Error ? error.message : String(error) };
    }
  }

  private waitingTask({ arn: stateMachineArn }: StateMachine, task: TaskRequest): WaitingTask | undefined {
    return task.taskToken === undefined ? undefined : new WaitingTask(this.tokens, {
      token: task.taskToken,
      stateMachineArn,
      signal: task.signal,
      heartbeat: () => task.heartbeat(),
      submitted: answer => task.submitted(answer),
      ended: async executionArn => this.standard.get(executionArn)?.finished,
    });
  }

  private finish(stateMachine: StateMachine, startedAt: number, outcome: Outcome, observation: ExecutionObservation | undefined): FinishedExecution {
    const stoppedAt = this.context.clock.now();
    const finished = { ...outcome, stoppedAt };
    this.context.trace.emit({
      kind: 'execution',
      time: stoppedAt,
      startedAt,
      type: stateMachine.type,
      stateMachine: stateMachine.constructPath,
      status: outcome.status,
      error: outcome.error,
      cause: outcome.cause,
      ...observation?.details(finished.outputText),
    }, observation?.activity);
    return finished;
  }

  /** An Express execution's ARN ends in an identifier of its own, since its name need not be unique. */
  private newArn(stateMachine: StateMachine, name: string): string {
    return stateMachine.type === 'STANDARD'
      ? `${stateMachine.arn.replace(':stateMachine:', ':execution:')}:${name}`
      : `${stateMachine.arn.replace(':stateMachine:', ':express:')}:${name}:${this.context.randomness.uuid()}`;
  }

  private keep(execution: Execution): void {
    if (execution.stateMachine.type !== 'STANDARD') {
      return;
    }
    this.standard.set(execution.arn, execution);
    if (this.standard.size > KEPT_EXECUTIONS) {
      this.dropOldest();
    }
  }

  private dropOldest(): void {
    for (const { arn, result } of this.standard.values()) {
      if (result) {
        this.standard.delete(arn);
        return;
      }
    }
  }
}

type Recorder = Pick<ExecutionHost, 'record' | 'reads'>;

/** What takes down an execution's events: the history of a standard execution, the log, and who observes; nothing when nobody does. */
function recorderOf({ type, logging }: StateMachine, arn: string, history: HistoryEvent[], observation?: ExecutionObservation): Recorder {
  if (type === 'STANDARD' || observation) {
    return {
      record: event => {
        if (type === 'STANDARD') {
          history.push(event);
        }
        logging?.record(event, arn);
        observation?.record(event);
      },
    };
  }
  return logging ? { record: event => logging.record(event, arn), reads: eventType => logging.reads(eventType) } : {};
}

function parseInput(input: unknown): unknown {
  if (typeof input !== 'string') {
    throw new AwsError('SerializationException', 'STRING_VALUE cannot be converted to the type of the member.');
  }
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}
