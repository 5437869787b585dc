import { StateMachine } from './state-machines';
import { Evaluation, HistoryEvent } from '../../engines/asl';
import { Activity, ServiceContext } from '../../kernel/contracts';

/** One execution, for who observes: its states as they come, and the value of each expression. */
export class ExecutionObservation {
  readonly activity: Activity;

  constructor(
    private readonly context: Pick<ServiceContext, 'trace' | 'clock'>,
    stateMachine: StateMachine,
    private readonly arn: string,
    private readonly input: string,
  ) {
    this.activity = context.trace.begin();
    context.trace.detail({ kind: 'execution', time: context.clock.now(), stateMachine: stateMachine.constructPath, status: 'RUNNING', arn, input }, this.activity);
  }

  within<Result>(work: () => Result): Result {
    return this.context.trace.within(this.activity, work);
  }

  record(event: HistoryEvent): void {
    this.within(() => this.context.trace.detail({ kind: 'history', time: event.timestamp, event }));
  }

  evaluated({ stateName, enteredEventId, location, expression, value, error }: Evaluation): void {
    this.within(() => this.context.trace.detail({ kind: 'evaluation', time: this.context.clock.now(), state: stateName, enteredEventId, location, expression, value, error }));
  }

  details(output: string | undefined) {
    return { arn: this.arn, input: this.input, output };
  }
}
