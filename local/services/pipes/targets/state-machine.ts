import { Target } from './target';
import { AwsError } from '../../../kernel/aws-error';

/** A state machine, which gets the batch as a list. */
export const stateMachine: Target = {
  arn: /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:.+$/,
  parameters: ['StepFunctionStateMachineParameters'],

  async send(context, pipe, principal, messages) {
    const { InvocationType: type = 'REQUEST_RESPONSE' } = pipe.targetParameters.StepFunctionStateMachineParameters ?? {};
    const input = { stateMachineArn: pipe.target, input: JSON.stringify(messages.map(message => message.input)) };
    const operation = type === 'FIRE_AND_FORGET' ? 'StartExecution' : 'StartSyncExecution';
    const answer = await context.invoke({ principal, service: 'states', operation, input }) as { status?: string; error?: string; cause?: string };
    if (answer.status !== undefined && answer.status !== 'SUCCEEDED') {
      throw new AwsError(answer.error ?? answer.status, answer.cause ?? `The execution ended with the status ${answer.status}.`);
    }
  },
};
