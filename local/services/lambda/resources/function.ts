import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';
import { checkDestination } from '../asynchronous/destination';
import { CodeDirectories, CodeProperty } from '../code/code-directories';
import { refuseReserved } from '../execution/environment-variables';
import { FunctionConfiguration } from '../function-configuration';
import { Functions } from '../functions';
import { LambdaFunction } from '../lambda-function';

interface FunctionProperties {
  readonly FunctionName?: string;
  readonly Code?: CodeProperty;
  readonly PackageType?: string;
  readonly Runtime?: string;
  readonly Handler?: string;
  readonly Role?: string;
  readonly Description?: string;
  readonly Timeout?: number | string;
  readonly MemorySize?: number | string;
  readonly Environment?: { readonly Variables?: Record<string, unknown> };
  readonly ReservedConcurrentExecutions?: number | string;
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  readonly LoggingConfig?: { readonly LogGroup?: string; readonly LogFormat?: string };
}

const MAXIMUM_NAME = 64;
const MAXIMUM_TIMEOUT = 900;
const MINIMUM_MEMORY = 128;
const MAXIMUM_MEMORY = 10_240;
const MAXIMUM_RESERVED = 1_000_000;

/** AWS::Lambda::Function */
export function functionType(functions: Functions, code: CodeDirectories, context: ServiceContext): ResourceType {
  return {
    properties: {
      used: [
        'FunctionName', 'Code', 'PackageType', 'Runtime', 'Handler', 'Role', 'Description', 'Timeout', 'MemorySize', 'Environment', 'ReservedConcurrentExecutions',
        'DeadLetterConfig', 'LoggingConfig',
      ],
      withoutEffect: [
        'Architectures', 'CodeSigningConfigArn', 'EphemeralStorage', 'KmsKeyArn', 'RecursiveLoop', 'RuntimeManagementConfig', 'SnapStart', 'Tags', 'TracingConfig', 'VpcConfig',
      ],
    },
    create: request => {
      const lambdaFunction = new LambdaFunction(context, configurationOf(request, code, context));
      functions.add(lambdaFunction);
      return resourceOf(lambdaFunction.configuration);
    },
    update: (request, _, resource) => {
      functions.get(resource.ref, request.environment).change(configurationOf(request, code, context));
      return resource;
    },
    replacedBy: ['FunctionName', 'PackageType'],
    delete: (_, { attributes }) => functions.delete(String(attributes!.Arn)),
  };
}

function resourceOf({ name, arn }: FunctionConfiguration): ProvisionedResource {
  return { ref: name, attributes: { Arn: arn } };
}

function configurationOf(request: ResourceRequest<FunctionProperties>, code: CodeDirectories, context: ServiceContext): FunctionConfiguration {
  const { properties, environment } = request;
  refuseUnsupported(properties);
  const name = properties.FunctionName ?? request.generateName(MAXIMUM_NAME);
  const arn = `arn:${environment.partition}:lambda:${environment.region}:${environment.account}:function:${name}`;
  const variables = Object.fromEntries(Object.entries(properties.Environment?.Variables ?? {}).map(([key, value]) => [key, String(value)]));
  refuseReserved(variables);
  const roleArn = required('Role', properties.Role);
  refuseUntrusting(context, roleArn, arn, name);
  const deadLetterArn = properties.DeadLetterConfig?.TargetArn;
  if (deadLetterArn !== undefined) {
    checkDestination(context, deadLetterArn);
  }
  return {
    name,
    arn,
    environment,
    description: properties.Description ?? '',
    runtime: required('Runtime', properties.Runtime),
    handler: required('Handler', properties.Handler),
    roleArn,
    timeoutSeconds: integer('Timeout', properties.Timeout ?? 3, 1, MAXIMUM_TIMEOUT),
    memoryMegabytes: integer('MemorySize', properties.MemorySize ?? MINIMUM_MEMORY, MINIMUM_MEMORY, MAXIMUM_MEMORY),
    variables,
    directory: code.find(properties.Code, request),
    logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    reservedConcurrency: properties.ReservedConcurrentExecutions === undefined
      ? undefined : integer('ReservedConcurrentExecutions', properties.ReservedConcurrentExecutions, 0, MAXIMUM_RESERVED),
    deadLetterArn,
    lastModified: new Date(context.clock.now()).toISOString().replace('Z', '+0000'),
  };
}

function refuseUnsupported({ PackageType: packageType = 'Zip', Runtime: runtime, LoggingConfig: logging }: FunctionProperties): void {
  if (packageType !== 'Zip') {
    throw new Error(`the local runtime does not emulate functions of the package type ${packageType}, only Zip`);
  }
  if (runtime !== undefined && !/^nodejs\d+\.x$/.test(runtime)) {
    throw new Error(`the local runtime does not emulate functions in the runtime ${runtime}, only in Node.js (such as nodejs22.x)`);
  }
  if (logging?.LogFormat !== undefined && logging.LogFormat !== 'Text') {
    throw new Error(`the local runtime does not emulate the log format ${logging.LogFormat}, only Text`);
  }
}

function refuseUntrusting(context: ServiceContext, roleArn: string, arn: string, name: string): void {
  try {
    context.assumeRole(roleArn, 'lambda.amazonaws.com', arn, name);
  } catch (error) {
    throw new Error('The role defined for the function cannot be assumed by Lambda.', { cause: error });
  }
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) {
    throw new Error(`the property ${name} is missing`);
  }
  return value;
}

function integer(name: string, value: number | string, minimum: number, maximum: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < minimum || number > maximum) {
    throw new Error(`${name} has to be a whole number from ${minimum} to ${maximum}, not ${value}`);
  }
  return number;
}
