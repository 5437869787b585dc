import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { requestOf, stringOf } from './request';
import { Value } from '../values/value';

/** Properties of a StartExecution. */
export interface StartExecutionProps extends DirectIntegrationOptions {
  /** The state machine. */
  readonly stateMachine: IStateMachine;

  /**
   * The input of the execution.
   *
   * @default - the client's message
   */
  readonly input?: Value;

  /**
   * The name of the execution, which a standard state machine takes once in 90 days.
   *
   * @default - Step Functions makes one up
   */
  readonly name?: Value;
}

/**
 * Starts a workflow for each message and does not wait for it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 *
 * @example
 * declare const stateMachine: stepfunctions.IStateMachine;
 * new StartExecution('Order', {
 *   stateMachine,
 *   input: Value.object({ connectionId: Value.connectionId(), order: Value.body('$.order') }),
 * });
 */
export class StartExecution extends AwsActionIntegration {
  constructor(id: string, props: StartExecutionProps) {
    const { stateMachine, input = Value.body(), name, ...options } = props;
    super(id, {
      ...options,
      service: 'states',
      action: 'StartExecution',
      request: requestOf({ stateMachineArn: Value.literal(stateMachine.stateMachineArn), name: stringOf(name), input: Value.jsonText(input) }),
      resources: [stateMachine.stateMachineArn],
    });
  }
}
