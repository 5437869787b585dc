import { ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { accountType } from './account';
import { apiType } from './api';
import { apiKeyType } from './api-key';
import { authorizerType } from './authorizer';
import { byProtocol } from './by-protocol';
import { deploymentType } from './deployment';
import { integrationType } from './integration';
import { integrationResponseType } from './integration-response';
import { modelType } from './model';
import { routeType } from './route';
import { routeResponseType } from './route-response';
import { stageType } from './stage';
import { usagePlanType } from './usage-plan';
import { usagePlanKeyType } from './usage-plan-key';
import { HttpApis } from '../http/http-apis';
import { httpApiType } from '../http/resources/api';
import { httpAuthorizerType } from '../http/resources/authorizer';
import { httpIntegrationType } from '../http/resources/integration';
import { httpRouteType } from '../http/resources/route';
import { httpStageType } from '../http/resources/stage';
import { GatewayAccount } from '../logging/gateway-account';

/** How APIs come into being: some types are one thing for WebSocket APIs and another for HTTP APIs. */
export function resourceTypes(apis: Apis, httpApis: HttpApis, context: ServiceContext): Record<string, ResourceType> {
  const account = new GatewayAccount(context);
  const { apiKeys } = apis;
  const isOfHttpApi = ({ properties }: ResourceRequest<{ ApiId?: string }>) => httpApis.serves(properties.ApiId ?? '');
  return {
    'AWS::ApiGateway::Account': accountType(account),
    'AWS::ApiGateway::ApiKey': apiKeyType(apiKeys),
    'AWS::ApiGateway::UsagePlan': usagePlanType(apiKeys),
    'AWS::ApiGateway::UsagePlanKey': usagePlanKeyType(apiKeys),
    'AWS::ApiGatewayV2::Api': byProtocol(apiType(apis), httpApiType(httpApis), ({ properties }) => properties.ProtocolType === 'HTTP'),
    'AWS::ApiGatewayV2::Authorizer': byProtocol(authorizerType(apis), httpAuthorizerType(httpApis), isOfHttpApi),
    'AWS::ApiGatewayV2::Deployment': byProtocol(deploymentType(apis), deploymentType(httpApis), isOfHttpApi),
    'AWS::ApiGatewayV2::Integration': byProtocol(integrationType(apis, context), httpIntegrationType(httpApis, context), isOfHttpApi),
    'AWS::ApiGatewayV2::IntegrationResponse': integrationResponseType(apis),
    'AWS::ApiGatewayV2::Model': modelType(apis),
    'AWS::ApiGatewayV2::Route': byProtocol(routeType(apis), httpRouteType(httpApis), isOfHttpApi),
    'AWS::ApiGatewayV2::RouteResponse': routeResponseType(apis),
    'AWS::ApiGatewayV2::Stage': byProtocol(stageType(apis, context, account), httpStageType(httpApis, context), isOfHttpApi),
  };
}
