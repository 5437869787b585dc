import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../../kernel/contracts';
import { isTrue, required } from '../../resources/values';
import { HttpAuthorizationType, HttpDeclaration, HttpRoute } from '../declaration';
import { HttpApis } from '../http-apis';
import { parseRouteKey } from '../route-key';

interface HttpRouteProperties {
  readonly ApiId?: string;
  readonly RouteKey?: string;
  readonly Target?: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly ApiKeyRequired?: boolean | string;
}

const AUTHORIZATION_TYPES: readonly HttpAuthorizationType[] = ['NONE', 'AWS_IAM', 'CUSTOM'];
const TARGET = /^integrations\/(.+)$/;

/** AWS::ApiGatewayV2::Route of an HTTP API */
export function httpRouteType(apis: HttpApis): ResourceType {
  return {
    properties: { used: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'ApiKeyRequired'], withoutEffect: ['OperationName'] },
    create: request => createRoute(apis, request),
    delete: ({ properties }) => apis.find(properties.ApiId)?.declare(({ routesByKey }) => routesByKey.delete(properties.RouteKey)),
  };
}

function createRoute(apis: HttpApis, request: ResourceRequest<HttpRouteProperties>): ProvisionedResource {
  const { properties } = request;
  const api = apis.get(required('ApiId', properties.ApiId));
  const routeKey = required('RouteKey', properties.RouteKey);
  const path = parseRouteKey(routeKey);
  if (api.declaration.routesByKey.has(routeKey)) {
    throw new Error(`Route with key ${routeKey} already exists for this API`);
  }
  if (isTrue(properties.ApiKeyRequired)) {
    throw new Error('ApiKeyRequired is not currently supported for HTTP APIs');
  }
  const route: HttpRoute = {
    id: request.generateId(7),
    routeKey,
    path,
    integrationId: integrationIdOf(properties, api.declaration),
    ...authorizationOf(properties, api.declaration),
  };
  api.declare(declaration => declaration.routesByKey.set(routeKey, route));
  return { ref: route.id, attributes: { RouteId: route.id } };
}

function integrationIdOf({ Target: target }: HttpRouteProperties, { integrations }: HttpDeclaration): string | undefined {
  if (target === undefined) {
    return undefined;
  }
  const id = TARGET.exec(target)?.[1];
  if (id === undefined) {
    throw new Error(`the target "${target}" is none: it has to be integrations/ and the id of an integration`);
  }
  if (!integrations.has(id)) {
    throw new Error(`there is no integration with the id ${id}`);
  }
  return id;
}

function authorizationOf(properties: HttpRouteProperties, { authorizers }: HttpDeclaration): Pick<HttpRoute, 'authorizationType' | 'authorizerId'> {
  const { AuthorizationType: declared = 'NONE', AuthorizerId: authorizerId } = properties;
  const authorizationType = AUTHORIZATION_TYPES.find(each => each === declared);
  if (!authorizationType) {
    throw new Error(`the local runtime does not emulate the authorization type ${declared} of HTTP APIs`);
  }
  if (authorizationType === 'CUSTOM' && !authorizers.has(authorizerId ?? '')) {
    throw new Error(`there is no authorizer with the id ${authorizerId}`);
  }
  return { authorizationType, authorizerId };
}
