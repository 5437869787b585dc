import { expandEvents } from '../events';
import { attribute, conditional, defined, isNoValue, JsonObject } from '../json';
import { executionRole, markedTags } from '../policies/execution-role';
import { s3Location } from '../s3-location';
import { Resource, Resources, ServerlessResource } from '../serverless-resource';

/** Those that go to the function as they are. */
const PASSED = [
  'Architectures', 'CodeSigningConfigArn', 'Description', 'Environment', 'EphemeralStorage', 'FileSystemConfigs', 'FunctionName', 'Handler', 'ImageConfig', 'KmsKeyArn', 'Layers', 'LoggingConfig',
  'MemorySize', 'PackageType', 'RecursiveLoop', 'ReservedConcurrentExecutions', 'Runtime', 'RuntimeManagementConfig', 'SnapStart', 'Timeout', 'VpcConfig',
];
const USED = [
  'AssumeRolePolicyDocument', 'CodeUri', 'DeadLetterQueue', 'Events', 'ImageUri', 'InlineCode', 'PermissionsBoundary', 'Policies', 'PropagateTags', 'Role', 'RolePath', 'Tags', 'Tracing',
];
const NOT_RUN = [
  'AutoPublishAlias', 'AutoPublishAliasAllProperties', 'AutoPublishCodeSha256', 'CapacityProviderConfig', 'DeploymentPreference', 'DurableConfig', 'EventInvokeConfig', 'FunctionScalingConfig',
  'FunctionUrlConfig', 'ProvisionedConcurrencyConfig', 'PublishToLatestPublished', 'SourceKMSKeyArn', 'TenancyConfig', 'VersionDeletionPolicy', 'VersionDescription',
];
const DEAD_LETTER_ACTIONS = new Map<unknown, string>([['SQS', 'sqs:SendMessage'], ['SNS', 'sns:Publish']]);

/** `AWS::Serverless::Function`: a function, its role unless it is given one, and what its events need. */
export function serverlessFunction(resource: ServerlessResource): Resources {
  resource.check([...PASSED, ...USED], NOT_RUN);
  const { logicalId, properties } = resource;
  const events = expandEvents(resource, { kind: 'function', arn: attribute(logicalId, 'Arn') });
  const { Tracing: tracing, Role: role = attribute(`${logicalId}Role`, 'Arn') } = properties;
  if (conditional(role)?.slice(1).some(isNoValue)) resource.fail('the local runtime does not emulate a Role that there may or may not be', 'Properties', 'Role');
  const deadLetterQueue = resource.map('DeadLetterQueue');
  return {
    [logicalId]: {
      Type: 'AWS::Lambda::Function',
      ...resource.ownAttributes,
      Properties: defined({
        ...Object.fromEntries(PASSED.map(name => [name, properties[name]])),
        Code: codeOf(resource),
        Role: role,
        DeadLetterConfig: deadLetterQueue === undefined ? undefined : { TargetArn: deadLetterQueue.TargetArn },
        TracingConfig: isTraced(resource) ? { Mode: tracing } : undefined,
        Tags: markedTags(resource, 'lambda:createdBy'),
      }),
    },
    ...(properties.Role === undefined ? { [`${logicalId}Role`]: roleOf(resource, events.managedPolicies) } : {}),
    ...events.resources,
  };
}

function codeOf(resource: ServerlessResource): unknown {
  const { PackageType: packageType = 'Zip', InlineCode: inline, CodeUri: uri, ImageUri: image } = resource.properties;
  if (packageType !== 'Zip') return { ImageUri: image ?? resource.fail("'ImageUri' must be set.", 'Properties') };
  for (const name of ['Runtime', 'Handler']) {
    if (resource.properties[name] === undefined) resource.fail('Runtime and Handler needs to be present when PackageType is of type `Zip`', 'Properties');
  }
  if (inline !== undefined) return { ZipFile: inline };
  if (uri === undefined) return resource.fail("Only one of 'InlineCode' or 'CodeUri' can be set.", 'Properties');
  const location = s3Location(resource, 'CodeUri');
  return typeof location === 'string' ? location : defined({ S3Bucket: location.Bucket, S3Key: location.Key, S3ObjectVersion: location.Version });
}

function isTraced(resource: ServerlessResource): boolean {
  const { Tracing: tracing } = resource.properties;
  return tracing !== undefined && resource.resolve(tracing) !== 'Disabled';
}

function roleOf(resource: ServerlessResource, managedPolicies: readonly string[]): Resource {
  return executionRole(resource, {
    service: 'lambda.amazonaws.com',
    trustPolicy: resource.map('AssumeRolePolicyDocument'),
    managedPolicies: [
      'service-role/AWSLambdaBasicExecutionRole',
      ...(isTraced(resource) ? ['AWSXrayWriteOnlyAccess'] : []),
      ...(resource.properties.VpcConfig === undefined ? [] : ['service-role/AWSLambdaVPCAccessExecutionRole']),
      ...managedPolicies,
    ],
    inlinePolicies: deadLetterPolicies(resource),
    tags: markedTags(resource, 'lambda:createdBy'),
  });
}

function deadLetterPolicies(resource: ServerlessResource): JsonObject[] {
  const queue = resource.map('DeadLetterQueue');
  if (queue === undefined) return [];
  const action = DEAD_LETTER_ACTIONS.get(queue.Type);
  if (action === undefined || queue.TargetArn === undefined) resource.fail("'DeadLetterQueue' requires Type and TargetArn properties to be specified.", 'Properties', 'DeadLetterQueue');
  return [{
    PolicyName: 'DeadLetterQueuePolicy',
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: queue.TargetArn }] },
  }];
}
