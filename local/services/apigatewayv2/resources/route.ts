import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { compileParameterCheck } from '../pipeline/validate';
import { compileSelectionExpression, unescapeKey } from '../selection-expression';
import { Declaration, ModelSelection, Route, RouteAuthorization } from '../store';
import { isTrue, required, textMap } from './values';

interface RouteProperties {
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly ApiKeyRequired?: boolean | string;
  readonly ApiId?: string;
  readonly RouteKey?: string;
  readonly Target?: string;
  readonly RequestParameters?: Record<string, { readonly Required?: boolean | string }>;
  readonly RouteResponseSelectionExpression?: string;
  readonly ModelSelectionExpression?: string;
  readonly RequestModels?: Record<string, unknown>;
}

const AUTHORIZATION_TYPES = ['NONE', 'AWS_IAM', 'CUSTOM'] as const;
const RESERVED_KEYS = ['$connect', '$disconnect', '$default'];
const TARGET = /^integrations\/(.+)$/;
const CLIENT_PARAMETER = /^route\.request\.(multivalue)?(header|querystring)\./;

/** AWS::ApiGatewayV2::Route */
export function routeType(apis: Apis): ResourceType {
  return {
    properties: {
      used: [
        'ApiId', 'RouteKey', 'Target', 'RequestParameters', 'RouteResponseSelectionExpression', 'AuthorizationType', 'AuthorizerId', 'ApiKeyRequired',
        'ModelSelectionExpression', 'RequestModels',
      ],
      withoutEffect: ['OperationName'],
    },
    create: request => createRoute(apis, request),
    delete: ({ properties }) => apis.find(properties.ApiId)?.declare(({ routesByKey }) => routesByKey.delete(properties.RouteKey)),
  };
}

function createRoute(apis: Apis, request: ResourceRequest<RouteProperties>): ProvisionedResource {
  const { properties } = request;
  const api = apis.get(required('ApiId', properties.ApiId));
  const key = required('RouteKey', properties.RouteKey);
  if (key.startsWith('$') && !RESERVED_KEYS.includes(key)) {
    throw new Error(`the route key ${key} starts with a dollar sign, which only ${RESERVED_KEYS.join(', ')} may`);
  }
  if (api.declaration.routesByKey.has(key)) {
    throw new Error(`Route with key ${key} already exists for this API`);
  }
  refuseSelectionExpression(properties.RouteResponseSelectionExpression);

  const route: Route = {
    id: request.generateId(7),
    routeKey: key,
    integrationId: integrationIdOf(properties.Target),
    requestParameters: new Map(Object.entries(properties.RequestParameters ?? {}).map(([name, { Required: isRequired }]) => [name, isTrue(isRequired)])),
    authorization: authorizationOf(key, properties, api.declaration),
    modelSelection: modelSelectionOf(properties, api.declaration),
  };
  checkParameters(route, api.declaration);
  api.declare(declaration => declaration.routesByKey.set(key, route));
  return { ref: route.id, attributes: { RouteId: route.id } };
}

function authorizationOf(routeKey: string, properties: RouteProperties, { authorizers }: Declaration): RouteAuthorization {
  const { AuthorizationType: declared = 'NONE', AuthorizerId: authorizerId, ApiKeyRequired: apiKeyRequired } = properties;
  const type = AUTHORIZATION_TYPES.find(each => each === declared);
  if (!type) {
    throw new Error(`AuthorizationType has to be one of ${AUTHORIZATION_TYPES.join(', ')} for a WebSocket API, not ${declared}`);
  }
  const authorization = { type, authorizerId, needsApiKey: isTrue(apiKeyRequired) };
  if (routeKey !== '$connect' && (type !== 'NONE' || authorization.needsApiKey)) {
    throw new Error('Currently, authorization is restricted to the $connect route only');
  }
  if (type === 'CUSTOM' && !authorizers.has(authorizerId ?? '')) {
    throw new Error(`there is no authorizer with the id ${authorizerId}`);
  }
  return authorization;
}

/** Models without an expression that selects among them check nothing. */
function modelSelectionOf(properties: RouteProperties, { models }: Declaration): ModelSelection | undefined {
  const { ModelSelectionExpression: expression, RequestModels: requestModels } = properties;
  const names = [...textMap(requestModels)];
  const unknown = names.find(([, name]) => !models.has(name));
  if (unknown) {
    throw new Error(`Invalid model identifier specified: ${unknown[1]}`);
  }
  if (expression === undefined) {
    return undefined;
  }
  compileSelectionExpression(expression, ['request.body']);
  return { expression, modelNames: new Map(names.map(([key, name]) => [unescapeKey(key), name])) };
}

function integrationIdOf(target: string | undefined): string | undefined {
  if (target === undefined) {
    return undefined;
  }
  const id = TARGET.exec(target)?.[1];
  if (id === undefined) {
    throw new Error(`the target "${target}" is none: it has to be integrations/ and the id of an integration`);
  }
  return id;
}

function refuseSelectionExpression(expression: string | undefined): void {
  if (expression !== undefined && expression !== '$default' && expression !== '\\$default') {
    throw new Error(`RouteResponseSelectionExpression has to be $default, not ${expression}`);
  }
}

/** An integration reads only those of the client's parameters that the route declares. */
function checkParameters(route: Route, declaration: Declaration): void {
  compileParameterCheck(route.requestParameters);
  if (route.integrationId === undefined) {
    return;
  }
  const integration = declaration.integrations.get(route.integrationId);
  if (!integration) {
    throw new Error(`there is no integration with the id ${route.integrationId}`);
  }
  const sources = [...integration.requestParameters.values()].filter(source => CLIENT_PARAMETER.test(source));
  const undeclared = sources.find(source => !route.requestParameters.has(source));
  if (undeclared !== undefined) {
    throw new Error(`Invalid mapping expression specified: ${undeclared} is not among the request parameters of the route ${route.routeKey}`);
  }
}
