import { ExecutionLogging } from './logging/execution-logging';
import { StateMachine as Workflow } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';

/** A state machine as the template declares it. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly constructPath: string;
  readonly type: 'EXPRESS' | 'STANDARD';
  readonly roleArn: string;
  readonly definition: string;
  readonly workflow: Workflow;
  readonly createdAt: number;
  /** Undefined when nothing is logged. */
  readonly logging?: ExecutionLogging;
}

/** The state machines of the run, by ARN. */
export class StateMachines {
  private readonly byArn = new Map<string, StateMachine>();

  add(stateMachine: StateMachine): void {
    this.byArn.set(stateMachine.arn, stateMachine);
  }

  delete(arn: string): void {
    this.byArn.delete(arn);
  }

  get(arn: unknown): StateMachine {
    if (typeof arn !== 'string' || !/^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:.+$/.test(arn)) {
      throw new AwsError('InvalidArn', `Invalid Arn: '${String(arn)}'`);
    }
    const stateMachine = this.byArn.get(arn);
    if (!stateMachine) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return stateMachine;
  }

  all(): StateMachine[] {
    return [...this.byArn.values()];
  }
}
