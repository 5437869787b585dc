import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';
import { FoundFunction, Functions } from '../functions';

interface FunctionInput {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

interface ListInput {
  readonly MaxItems?: string | number;
  readonly Marker?: string;
}

const MAXIMUM_PAGE = 50;

/** The operations that tell of functions. */
export function describeOperations(functions: Functions): Record<string, Operation> {
  const allow = (action: string) => ({ FunctionName, Qualifier }: FunctionInput) => [{ action, resource: functions.reference(FunctionName, Qualifier).arn }];

  const getFunctionConfiguration: Operation<FunctionInput> = {
    permissions: allow('lambda:GetFunctionConfiguration'),
    handle: ({ FunctionName, Qualifier }) => configurationOf(functions.find(FunctionName, Qualifier)),
  };

  const getFunction: Operation<FunctionInput> = {
    permissions: allow('lambda:GetFunction'),
    handle: ({ FunctionName, Qualifier }) => {
      const found = functions.find(FunctionName, Qualifier);
      return { Configuration: configurationOf(found), Code: { RepositoryType: 'S3', Location: `file://${found.version.configuration.directory}` } };
    },
  };

  const getPolicy: Operation<FunctionInput> = {
    permissions: allow('lambda:GetPolicy'),
    handle: ({ FunctionName, Qualifier }) => {
      const { lambdaFunction } = functions.find(FunctionName, Qualifier);
      if (!lambdaFunction.policy) {
        throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' });
      }
      return { Policy: JSON.stringify(lambdaFunction.policyDocument) };
    },
  };

  const listFunctions: Operation<ListInput> = {
    permissions: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    handle: ({ MaxItems = MAXIMUM_PAGE, Marker = '0' }) => {
      const all = functions.all.sort((left, right) => left.configuration.name < right.configuration.name ? -1 : 1);
      const start = Number(Marker) || 0;
      const end = start + Math.min(Math.max(1, Number(MaxItems) || MAXIMUM_PAGE), MAXIMUM_PAGE);
      const page = all.slice(start, end).map(({ configuration }) => configurationOf(functions.find(configuration.arn)));
      return { Functions: page, ...(end < all.length ? { NextMarker: String(end) } : {}) };
    },
  };

  return { GetFunction: getFunction, GetFunctionConfiguration: getFunctionConfiguration, GetPolicy: getPolicy, ListFunctions: listFunctions };
}

function configurationOf({ reference, version: { version, configuration } }: FoundFunction) {
  return {
    FunctionName: configuration.name,
    FunctionArn: reference.arn,
    Runtime: configuration.runtime,
    Role: configuration.roleArn,
    Handler: configuration.handler,
    Description: configuration.description,
    Timeout: configuration.timeoutSeconds,
    MemorySize: configuration.memoryMegabytes,
    LastModified: configuration.lastModified,
    Version: version,
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    ...(Object.keys(configuration.variables).length === 0 ? {} : { Environment: { Variables: configuration.variables } }),
    ...(configuration.deadLetterArn === undefined ? {} : { DeadLetterConfig: { TargetArn: configuration.deadLetterArn } }),
    LoggingConfig: { LogFormat: 'Text', LogGroup: configuration.logGroup },
  };
}
