import { AwsError } from '../../kernel/aws-error';
import { Operation } from '../../kernel/contracts';

interface InvokeHttpEndpointInput {
  readonly stateMachineArn: string;
  readonly endpoint: string;
  readonly method: string;
}

/** Not an operation of the API, but an action of IAM: whether a workflow's role lets it call a server. */
export function invokeHttpEndpoint(): Operation<InvokeHttpEndpointInput> {
  return {
    permissions: ({ stateMachineArn, endpoint, method }) => [{
      action: 'states:InvokeHTTPEndpoint', resource: stateMachineArn, context: { 'states:HTTPEndpoint': endpoint, 'states:HTTPMethod': method },
    }],
    handle: (_, { principal }) => {
      if (principal.kind === 'account') {
        throw new AwsError('UnknownOperationException', '');
      }
      return {};
    },
  };
}
