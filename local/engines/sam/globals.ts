import { isObject, JsonObject } from './json';
import { Resource } from './serverless-resource';
import { TransformError } from './transform-error';

/** What the section `Globals` may say of each type. */
const SUPPORTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['Function', [
    'Handler', 'Runtime', 'CodeUri', 'DeadLetterQueue', 'Description', 'MemorySize', 'Timeout', 'VpcConfig', 'Environment', 'Tags', 'PropagateTags', 'Tracing', 'KmsKeyArn', 'AutoPublishAlias',
    'AutoPublishAliasAllProperties', 'Layers', 'DeploymentPreference', 'RolePath', 'PermissionsBoundary', 'ReservedConcurrentExecutions', 'ProvisionedConcurrencyConfig',
    'AssumeRolePolicyDocument', 'EventInvokeConfig', 'FileSystemConfigs', 'CodeSigningConfigArn', 'Architectures', 'SnapStart', 'EphemeralStorage', 'FunctionUrlConfig',
    'RuntimeManagementConfig', 'LoggingConfig', 'RecursiveLoop', 'SourceKMSKeyArn', 'TenancyConfig', 'DurableConfig', 'CapacityProviderConfig', 'FunctionScalingConfig',
    'PublishToLatestPublished', 'VersionDeletionPolicy',
  ]],
  ['Api', [
    'Auth', 'Name', 'DefinitionUri', 'CacheClusterEnabled', 'CacheClusterSize', 'MergeDefinitions', 'Variables', 'EndpointConfiguration', 'MethodSettings', 'BinaryMediaTypes',
    'MinimumCompressionSize', 'Cors', 'GatewayResponses', 'AccessLogSetting', 'CanarySetting', 'TracingEnabled', 'OpenApiVersion', 'Domain', 'AlwaysDeploy', 'PropagateTags',
    'SecurityPolicy', 'EndpointAccessMode',
  ]],
  ['HttpApi', [
    'Auth', 'AccessLogSettings', 'StageVariables', 'Tags', 'CorsConfiguration', 'DefaultRouteSettings', 'Domain', 'RouteSettings', 'FailOnWarnings', 'PropagateTags',
  ]],
  ['SimpleTable', ['SSESpecification']],
  ['StateMachine', ['PropagateTags']],
  ['LayerVersion', ['PublishLambdaVersion']],
  ['CapacityProvider', ['VpcConfig', 'OperatorRole', 'Tags', 'InstanceRequirements', 'ScalingConfig', 'KmsKeyArn', 'PropagateTags']],
  ['WebSocketApi', [
    'AccessLogSettings', 'ApiKeySelectionExpression', 'DefaultRouteSettings', 'DisableExecuteApiEndpoint', 'DisableSchemaValidation', 'Domain', 'FailOnWarnings', 'IpAddressType',
    'PropagateTags', 'RouteSelectionExpression', 'RouteSettings', 'StageVariables', 'Tags',
  ]],
]);

/** The properties that the section `Globals` gives to every resource of a type. */
export class Globals {
  private readonly sections: ReadonlyMap<string, JsonObject>;

  constructor(section: unknown) {
    const entries = isObject(section) ? Object.entries(section) : section === undefined ? [] : refuse('It must be a non-empty dictionary');
    this.sections = new Map(entries.map(([name, properties]) => {
      const supported = SUPPORTED.get(name) ?? refuse(`'${name}' is not supported. Must be one of the following values - [${list([...SUPPORTED.keys()].sort())}]`);
      if (!isObject(properties)) return refuse(`Value of ${name} must be a dictionary`, name);
      const other = Object.keys(properties).find(key => !supported.includes(key));
      if (other !== undefined) refuse(`'${other}' is not a supported property of '${name}'. Must be one of the following values - [${list(supported)}]`, name, other);
      return [`AWS::Serverless::${name}`, properties];
    }));
  }

  /** The resource with the properties that it is given. */
  apply(logicalId: string, resource: Resource): Resource {
    const section = this.sections.get(resource.Type);
    const { IgnoreGlobals: ignored } = resource;
    if (section === undefined || ignored === '*') return resource;
    const names = ignored === undefined ? [] : Array.isArray(ignored) ? ignored : [ignored];
    const invalid = names.find(name => typeof name !== 'string' || !Object.hasOwn(section, name));
    if (invalid !== undefined) {
      throw new TransformError(`Resource ${logicalId} has invalid resource attribute 'IgnoreGlobals' on item '${String(invalid)}'.`, logicalId, ['IgnoreGlobals']);
    }
    const given = Object.fromEntries(Object.entries(section).filter(([name]) => !names.includes(name)));
    return { ...resource, Properties: merge(given, resource.Properties ?? {}) };
  }
}

/** What is local comes before what is global; maps are merged, and lists are put together. */
function merge(global: unknown, local: unknown): unknown {
  if (Array.isArray(global) && Array.isArray(local)) return [...global, ...local];
  // An intrinsic function is a value, not a map to be merged with.
  if (!isObject(global) || !isObject(local) || isFunction(global) || isFunction(local)) return local;
  const merged = new Map<string, unknown>(Object.entries(global));
  for (const [name, value] of Object.entries(local)) merged.set(name, merged.has(name) ? merge(merged.get(name), value) : value);
  return Object.fromEntries(merged);
}

function isFunction(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

function list(names: readonly string[]): string {
  return names.map(name => `'${name}'`).join(', ');
}

function refuse(problem: string, ...path: string[]): never {
  throw new TransformError(`'Globals' section is invalid. ${problem}`, undefined, ['Globals', ...path]);
}
