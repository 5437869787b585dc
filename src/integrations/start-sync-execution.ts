import { IStateMachine, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { AnswerFailure } from '../responses/answer-failure';
import { Response } from '../responses/response';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';

/** Properties of a StartSyncExecution. */
export interface StartSyncExecutionProps extends DirectIntegrationOptions {
  /** An EXPRESS state machine: Step Functions refuses the call for a standard one. */
  readonly stateMachine: IStateMachine;

  /**
   * The input of the execution.
   *
   * @default - the client's message
   */
  readonly input?: Value;
}

/**
 * Runs an Express workflow for each message and waits for it, 29 seconds at most. An execution that fails is a failure, though the call succeeds.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 *
 * @example
 * declare const stateMachine: stepfunctions.IStateMachine;
 * new StartSyncExecution('Quote', {
 *   stateMachine,
 *   input: Value.object({ connectionId: Value.connectionId(), items: Value.body('$.items') }),
 *   response: Response.workflowOutput().withError('OutOfStock', { code: 'OutOfStock', message: 'Something of it is out of stock.' }),
 * });
 */
export class StartSyncExecution extends AwsActionIntegration {
  constructor(id: string, props: StartSyncExecutionProps) {
    const { stateMachine, input = Value.body(), response = Response.workflowOutput(), ...options } = props;
    if (stateMachine instanceof StateMachine && stateMachine.stateMachineType === StateMachineType.STANDARD) {
      throw new InvalidValueError('standardStateMachine', `The state machine ${stateMachine.node.path} is a standard one, whose executions cannot be waited for: make it EXPRESS, or use StartExecution.`);
    }
    super(id, {
      ...options,
      response,
      service: 'states',
      action: 'StartSyncExecution',
      request: Value.object({ stateMachineArn: Value.literal(stateMachine.stateMachineArn), input: Value.jsonText(input) }),
      resources: [stateMachine.stateMachineArn],
      failures: [AnswerFailure.unlessEquals('$.status', 'SUCCEEDED', { error: '$.error' })],
    });
  }
}
