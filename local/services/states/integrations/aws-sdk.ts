import { Integration, TaskRequest } from './integration';
import { capital, sdkInput, sdkOutput } from './sdk-names';
import { exceptionName, SDK_SERVICES, SdkService } from './sdk-services';
import { StatesError } from '../../../engines/asl';
import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';

const RESOURCE = /^arn:[^:]+:states:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]*)$/;

/** Any operation of a service that the runtime has, called as the AWS SDK would. */
export const awsSdk: Integration = {
  supports: resource => {
    const [, name] = RESOURCE.exec(resource) ?? [];
    return name !== undefined && Object.hasOwn(SDK_SERVICES, name);
  },
  waits: (_, pattern) => pattern === 'waitForTaskToken',
  run: async (context, request) => {
    const [, name, action] = RESOURCE.exec(request.resource)!;
    const sdkService = SDK_SERVICES[name];
    const { principal } = request;
    const input = sdkInput(sdkService, request.arguments);
    try {
      return sdkOutput(sdkService, await context.invoke({ principal, service: sdkService.service, operation: capital(action), input }));
    } catch (error) {
      throw sdkError(context, error, sdkService, request);
    }
  },
};

function sdkError(context: ServiceContext, error: unknown, sdkService: SdkService, request: TaskRequest): unknown {
  if (!(error instanceof AwsError)) {
    return error;
  }
  if (error.code === 'NotImplemented') {
    return new StatesError('States.Runtime', `${error.message} (${request.resource})`);
  }
  const { prefix, general = `${prefix}Exception` } = sdkService;
  const cause = `${error.message} (Service: ${prefix}, Status Code: ${error.status}, Request ID: ${context.randomness.uuid()}) (SDK Attempt Count: 1)`;
  return new StatesError(`${prefix}.${exceptionName(sdkService, error.code, general)}`, cause);
}
