import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { required } from './values';

interface RouteResponseProperties {
  readonly ApiId?: string;
  readonly RouteId?: string;
  readonly RouteResponseKey?: string;
}

/** AWS::ApiGatewayV2::RouteResponse: with it a route answers its client. */
export function routeResponseType(apis: Apis): ResourceType {
  return {
    properties: {
      used: ['ApiId', 'RouteId', 'RouteResponseKey'],
      // Models of answers document them and are not enforced.
      withoutEffect: ['ModelSelectionExpression', 'ResponseModels', 'ResponseParameters'],
    },
    create: request => createRouteResponse(apis, request),
    delete: ({ properties }) => apis.find(properties.ApiId)?.declare(({ answeringRoutes }) => answeringRoutes.delete(properties.RouteId)),
  };
}

function createRouteResponse(apis: Apis, request: ResourceRequest<RouteResponseProperties>): ProvisionedResource {
  const { ApiId: apiId, RouteId: routeId, RouteResponseKey: key } = request.properties;
  if (key !== '$default') {
    throw new Error(`RouteResponseKey has to be $default, not ${key}`);
  }
  const id = request.generateId(7);
  apis.get(required('ApiId', apiId)).declare(declaration => declaration.answeringRoutes.add(required('RouteId', routeId)));
  return { ref: id, attributes: { RouteResponseId: id } };
}
