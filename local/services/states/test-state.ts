import { parseResource, runTask } from './integrations';
import { refuseDefinition } from './invalid-definition';
import { StatesError, testState, TestStateError, TestStateRequest } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';
import { Operation, ServiceContext } from '../../kernel/contracts';

/** Runs one state by itself. */
export function testStateOperation(context: ServiceContext): Operation<TestStateRequest> {
  const { clock, randomness, environment: { partition, region, account } } = context;
  return {
    permissions: ({ roleArn }) => [
      { action: 'states:TestState', resource: '*' },
      ...(typeof roleArn === 'string' ? [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'states.amazonaws.com' } }] : []),
    ],
    handle: input => refuseDefinition(async () => {
      if (typeof input.definition !== 'string') {
        throw new AwsError('ValidationException', "1 validation error detected: Value at 'definition' failed to satisfy constraint: Member must not be null");
      }
      try {
        return await testState(input, {
          region,
          account,
          host: {
            task: async ({ resource, arguments: parameters }) => {
              const { pattern } = parseResource(resource);
              if (pattern !== undefined) {
                throw new StatesError('States.Runtime', `A test of a Task that waits with .${pattern} needs a mock.`);
              }
              const principal = context.assumeRole(input.roleArn!, 'states.amazonaws.com', `arn:${partition}:states:${region}:${account}:stateMachine:TestState`);
              return runTask(context, { resource, arguments: parameters, principal });
            },
            now: () => clock.now(),
            schedule: (milliseconds, callback) => clock.schedule(milliseconds, callback),
            random: () => randomness.number(),
            uuid: () => randomness.uuid(),
          },
        });
      } catch (error) {
        throw error instanceof TestStateError ? new AwsError(error.code, error.message) : error;
      }
    }),
  };
}
