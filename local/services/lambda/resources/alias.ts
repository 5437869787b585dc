import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Functions } from '../functions';

interface AliasProperties {
  readonly FunctionName?: string;
  readonly FunctionVersion?: string;
  readonly Name?: string;
}

/** AWS::Lambda::Alias: another name of one version. */
export function aliasType(functions: Functions): ResourceType {
  const point = ({ properties, environment }: ResourceRequest<AliasProperties>): ProvisionedResource => {
    const { FunctionName: functionName, FunctionVersion: version = '', Name: name = '' } = properties;
    const lambdaFunction = functions.get(functionName, environment);
    if (!lambdaFunction.version(version)) {
      throw new Error(`Function not found: ${lambdaFunction.configuration.arn}:${version}`);
    }
    lambdaFunction.aliases.set(name, version);
    const arn = `${lambdaFunction.configuration.arn}:${name}`;
    return { ref: arn, attributes: { AliasArn: arn } };
  };
  return {
    properties: { used: ['FunctionName', 'FunctionVersion', 'Name'], withoutEffect: ['Description', 'ProvisionedConcurrencyConfig'] },
    create: point,
    update: point,
    replacedBy: ['FunctionName', 'Name'],
    delete: ({ properties }, { ref }) => {
      functions.peek(functions.reference(ref))?.aliases.delete(properties.Name);
    },
  };
}
