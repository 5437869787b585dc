import { Integration } from './integration';
import { ACTIONS, OptimizedAction } from './optimized-actions';
import { withSdkMetadata } from './sdk-metadata';
import { exceptionName } from './sdk-services';
import { StatesError } from '../../../engines/asl';
import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';

const RESOURCE = /^arn:[^:]+:states:::([a-z]+:[A-Za-z]+)$/;

/** The integrations that are older than the SDK's own; their errors are named and worded differently. */
export const optimized: Integration = {
  supports: resource => actionOf(resource) !== undefined,
  waits: (resource, pattern) => actionOf(resource)?.waits?.includes(pattern) ?? false,
  run: async (context, { resource, arguments: given, principal }) => {
    const action = actionOf(resource)!;
    const { sdkService: { service }, operation, input = parameters => parameters, output: outputOf = answer => answer } = action;
    try {
      const answer = await context.invoke({ principal, service, operation, input: input(given ?? {}) }) as Record<string, unknown>;
      return withSdkMetadata(context, service, answer, outputOf(answer));
    } catch (error) {
      throw error instanceof AwsError ? optimizedError(context, action, error) : error;
    }
  },
};

function actionOf(resource: string): OptimizedAction | undefined {
  const [, action] = RESOURCE.exec(resource) ?? [];
  return action !== undefined && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
}

/** An error as the first SDK for Java told it. */
export function optimizedError(context: ServiceContext, action: OptimizedAction, error: AwsError): StatesError {
  const { sdkService, prefix, client, clientName = client, codes = {} } = action;
  const code = Object.hasOwn(codes, error.code) ? codes[error.code] : error.code;
  const cause = `${error.message} (Service: ${clientName}; Status Code: ${error.status}; Error Code: ${code}; Request ID: ${context.randomness.uuid()}; Proxy: null)`;
  return new StatesError(`${prefix}.${exceptionName(sdkService, error.code, `${client}Exception`)}`, cause);
}
