import { defined, isObject, JsonObject } from '../json';
import { Resource, Resources, ServerlessResource } from '../serverless-resource';

const PROPERTIES = [
  'AccessLogSettings', 'ApiKeySelectionExpression', 'Auth', 'DefaultRouteSettings', 'Description', 'DisableExecuteApiEndpoint', 'DisableSchemaValidation', 'IpAddressType', 'Name', 'PropagateTags',
  'RouteSelectionExpression', 'RouteSettings', 'Routes', 'StageName', 'StageVariables', 'Tags',
];
const INVOCATION = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions';

/** `AWS::Serverless::WebSocketApi`: an API whose routes are functions, each with its integration and permission, and a stage. */
export function webSocketApi(resource: ServerlessResource): Resources {
  resource.check(PROPERTIES, ['Domain', 'FailOnWarnings']);
  const { logicalId, properties } = resource;
  const routes = Object.entries(resource.map('Routes') ?? {});
  if (routes.length === 0) resource.fail('WebSocket API must have at least one route.', 'Properties');
  if (properties.RouteSelectionExpression === undefined) resource.fail("Missing required property 'RouteSelectionExpression'.", 'Properties');
  const { IpAddressType: addresses } = properties;
  if (typeof addresses === 'string' && addresses !== 'ipv4' && addresses !== 'dualstack') resource.fail("IpAddressType must be 'ipv4' or 'dualstack'.", 'Properties', 'IpAddressType');
  const authorization = new ConnectAuthorization(resource);
  return {
    [logicalId]: {
      Type: 'AWS::ApiGatewayV2::Api',
      ...resource.ownAttributes,
      Properties: defined({
        ApiKeySelectionExpression: properties.ApiKeySelectionExpression,
        Description: properties.Description,
        DisableExecuteApiEndpoint: properties.DisableExecuteApiEndpoint,
        DisableSchemaValidation: properties.DisableSchemaValidation,
        IpAddressType: addresses,
        Name: properties.Name ?? logicalId,
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: properties.RouteSelectionExpression,
        Tags: { ...resource.map('Tags'), 'websocketapi:createdBy': 'SAM' },
      }),
    },
    ...Object.assign({}, ...routes.map(([key, route]) => routeResources(resource, key, route, authorization))),
    [stageLogicalId(resource)]: stageOf(resource, routes.map(([key]) => key)),
    ...authorization.resources(),
  };
}

function routeResources(resource: ServerlessResource, key: string, route: unknown, authorization: ConnectAuthorization): Resources {
  if (!isObject(route)) return resource.fail("Type of property 'Routes' is invalid.", 'Properties', 'Routes', key);
  const { FunctionArn: functionArn = resource.fail('Route must have associated function.', 'Properties', 'Routes', key), ...options } = route;
  if (options.RequestParameters !== undefined && key !== '$connect') {
    resource.fail('Request parameters are only supported for the $connect route in WebSocket APIs.', 'Properties', 'Routes', key, 'RequestParameters');
  }
  const prefix = routeLogicalId(resource, key);
  const apiId = { Ref: resource.logicalId };
  return {
    [`${prefix}Route`]: made(resource, 'AWS::ApiGatewayV2::Route', {
      ApiId: apiId,
      ApiKeyRequired: options.ApiKeyRequired,
      ModelSelectionExpression: options.ModelSelectionExpression,
      OperationName: options.OperationName,
      RequestModels: options.RequestModels,
      RequestParameters: options.RequestParameters,
      RouteKey: key,
      RouteResponseSelectionExpression: options.RouteResponseSelectionExpression,
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${prefix}Integration` }]] },
      ...(key === '$connect' ? authorization.routeProperties() : {}),
    }),
    [`${prefix}Integration`]: made(resource, 'AWS::ApiGatewayV2::Integration', {
      ApiId: apiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::Sub': [`${INVOCATION}/\${FunctionArn}/invocations`, { FunctionArn: functionArn }] },
      TimeoutInMillis: options.IntegrationTimeout,
    }),
    [`${prefix}Permission`]: made(resource, 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: functionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Sub': [`${executeApi(resource)}/\${__StageName__}/${key}`, { __StageName__: stageName(resource) }],
      },
    }),
  };
}

function routeLogicalId(resource: ServerlessResource, key: string): string {
  const name = ['$connect', '$disconnect', '$default'].includes(key) ? key.slice(1) : key;
  if (!/^[A-Za-z0-9]+$/.test(name)) {
    resource.fail(`Route key '${key}' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported.`, 'Properties', 'Routes', key);
  }
  // As Python capitalizes: the rest becomes lower case.
  return `${resource.logicalId}${name[0].toUpperCase()}${name.slice(1).toLowerCase()}`;
}

function stageName(resource: ServerlessResource): unknown {
  const { StageName: name = 'default' } = resource.properties;
  return name === '$default' ? resource.fail('Stages cannot be named $default for WebSocket APIs.', 'Properties', 'StageName') : name;
}

function stageLogicalId(resource: ServerlessResource): string {
  const name = stageName(resource);
  return `${resource.logicalId}${name === 'default' ? 'Default' : typeof name === 'string' ? name : ''}Stage`;
}

function stageOf(resource: ServerlessResource, routeKeys: readonly string[]): Resource {
  const { AccessLogSettings: logs, DefaultRouteSettings: defaults, RouteSettings: settings, StageVariables: variables } = resource.properties;
  const stage = made(resource, 'AWS::ApiGatewayV2::Stage', {
    AccessLogSettings: logs,
    ApiId: { Ref: resource.logicalId },
    AutoDeploy: true,
    DefaultRouteSettings: defaults,
    RouteSettings: settings,
    StageName: stageName(resource),
    StageVariables: variables,
    Tags: { 'websocketapi:createdBy': 'SAM' },
  });
  return settings === undefined ? stage : { ...stage, DependsOn: routeKeys.map(key => `${routeLogicalId(resource, key)}Route`) };
}

function executeApi(resource: ServerlessResource): string {
  return `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${resource.logicalId}.ApiId}`;
}

function made(resource: ServerlessResource, type: string, properties: JsonObject): Resource {
  return { Type: type, ...resource.inheritedAttributes, Properties: defined(properties) };
}

/** The property `Auth`: who may connect. */
class ConnectAuthorization {
  private readonly auth: JsonObject | undefined;
  private readonly type: 'NONE' | 'AWS_IAM' | 'CUSTOM' | undefined;

  constructor(private readonly resource: ServerlessResource) {
    this.auth = resource.map('Auth');
    this.type = this.auth === undefined ? undefined : this.check(this.auth);
  }

  routeProperties(): JsonObject {
    if (this.type === undefined) return {};
    return this.type === 'CUSTOM' ? { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: this.authorizerId } } : { AuthorizationType: this.type };
  }

  resources(): Resources {
    if (this.type !== 'CUSTOM') return {};
    const { AuthArn: functionArn, IdentitySource: identitySource, InvokeRole: role, Name: name } = this.auth!;
    const authorizer = made(this.resource, 'AWS::ApiGatewayV2::Authorizer', {
      ApiId: { Ref: this.resource.logicalId },
      AuthorizerCredentialsArn: role,
      AuthorizerType: 'REQUEST',
      AuthorizerUri: { 'Fn::Sub': [`${INVOCATION}/\${AuthArn}/invocations`, { AuthArn: functionArn }] },
      IdentitySource: identitySource,
      Name: name ?? this.authorizerId,
    });
    if (role !== undefined) return { [this.authorizerId]: authorizer };
    const permission = made(this.resource, 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: functionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: {
        'Fn::Sub': ['arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*', { __ApiId__: { Ref: this.resource.logicalId } }],
      },
    });
    return { [this.authorizerId]: authorizer, [`${this.resource.logicalId}AuthorizerPermission`]: permission };
  }

  private get authorizerId(): string {
    return `${this.resource.logicalId}ConnectAuthorizer`;
  }

  private check(auth: JsonObject): 'NONE' | 'AWS_IAM' | 'CUSTOM' {
    const fail = (problem: string): never => this.resource.fail(problem, 'Properties', 'Auth');
    if (!Object.hasOwn(this.resource.map('Routes') ?? {}, '$connect')) fail('Authorization is only available if there is a $connect route.');
    if (auth.AuthType === undefined) fail('AuthType must be specified for additional auth configurations.');
    const type = String(auth.AuthType).toUpperCase();
    if (type !== 'NONE' && type !== 'AWS_IAM' && type !== 'CUSTOM') return fail('AuthType is not one of AWS_IAM, CUSTOM or NONE.');
    if (type === 'CUSTOM' && auth.AuthArn === undefined) fail('AuthArn must be specified if AuthType is CUSTOM.');
    if (type !== 'CUSTOM' && Object.keys(auth).length > 1) fail(`No additional configurations supported for AuthType ${type}.`);
    return type;
  }
}
