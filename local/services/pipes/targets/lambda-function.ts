import { Target } from './target';
import { AwsError } from '../../../kernel/aws-error';

/** A function, which gets the batch as a list. */
export const lambdaFunction: Target = {
  arn: /^arn:[^:]+:lambda:[^:]*:[^:]*:function:.+$/,
  parameters: ['LambdaFunctionParameters'],

  async send(context, pipe, principal, messages) {
    const { InvocationType: type = 'REQUEST_RESPONSE' } = pipe.targetParameters.LambdaFunctionParameters ?? {};
    const input = {
      FunctionName: pipe.target,
      InvocationType: type === 'FIRE_AND_FORGET' ? 'Event' : 'RequestResponse',
      Payload: JSON.stringify(messages.map(message => message.input)),
    };
    const answer = await context.invoke({ principal, service: 'lambda', operation: 'Invoke', input }) as { FunctionError?: string; Payload?: string };
    if (answer.FunctionError !== undefined) {
      throw new AwsError(answer.FunctionError, answer.Payload ?? '');
    }
  },
};
