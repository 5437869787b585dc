import { ResourceType } from '../../../kernel/contracts';
import { Functions } from '../functions';

/** AWS::Lambda::Version: the function as it is at this moment. */
export function versionType(functions: Functions): ResourceType {
  return {
    properties: { used: ['FunctionName'], withoutEffect: ['CodeSha256', 'Description', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'] },
    create: ({ properties, environment }) => {
      const lambdaFunction = functions.get(properties.FunctionName, environment);
      const version = lambdaFunction.publish();
      const arn = `${lambdaFunction.configuration.arn}:${version}`;
      return { ref: arn, attributes: { Version: version, FunctionArn: arn } };
    },
    delete: (_, { ref, attributes }) => functions.peek(functions.reference(ref))?.unpublish(String(attributes!.Version)),
  };
}
