import { ResourceType, ServiceContext } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { createApi } from './api';
import { createDeployment } from './deployment';
import { createIntegration } from './integration';
import { createIntegrationResponse } from './integration-response';
import { createRoute } from './route';
import { createRouteResponse } from './route-response';
import { createStage } from './stage';
import { createAuthorizer, createModel } from './unused';

/** How WebSocket APIs come into being. */
export function resourceTypes(apis: Apis, context: ServiceContext): Record<string, ResourceType> {
  return {
    'AWS::ApiGatewayV2::Api': { create: request => createApi(apis, request) },
    'AWS::ApiGatewayV2::Authorizer': { create: request => createAuthorizer(apis, request) },
    'AWS::ApiGatewayV2::Deployment': { create: request => createDeployment(apis, request) },
    'AWS::ApiGatewayV2::Integration': { create: request => createIntegration(apis, context, request) },
    'AWS::ApiGatewayV2::IntegrationResponse': { create: request => createIntegrationResponse(apis, request) },
    'AWS::ApiGatewayV2::Model': { create: request => createModel(apis, request) },
    'AWS::ApiGatewayV2::Route': { create: request => createRoute(apis, request) },
    'AWS::ApiGatewayV2::RouteResponse': { create: request => createRouteResponse(apis, request) },
    'AWS::ApiGatewayV2::Stage': { create: request => createStage(apis, context, request) },
  };
}
