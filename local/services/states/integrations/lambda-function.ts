import { Integration } from './integration';
import { payloadOf } from './lambda-payload';
import { optimizedError } from './optimized';
import { ACTIONS } from './optimized-actions';
import { AwsError } from '../../../kernel/aws-error';

const RESOURCE = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?$/;

/** A function whose ARN is the resource itself: what comes in is its event, and what it returns goes out. */
export const lambdaFunction: Integration = {
  supports: resource => RESOURCE.test(resource),
  run: async (context, { resource, arguments: event, principal }) => {
    try {
      const input = { FunctionName: resource, Payload: JSON.stringify(event) };
      return payloadOf(await context.invoke({ principal, service: 'lambda', operation: 'Invoke', input }) as object);
    } catch (error) {
      throw error instanceof AwsError ? optimizedError(context, ACTIONS['lambda:invoke'], error) : error;
    }
  },
};
