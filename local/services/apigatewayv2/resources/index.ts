import { ResourceType, ServiceContext } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { accountType } from './account';
import { apiType } from './api';
import { apiKeyType } from './api-key';
import { authorizerType } from './authorizer';
import { deploymentType } from './deployment';
import { integrationType } from './integration';
import { integrationResponseType } from './integration-response';
import { modelType } from './model';
import { routeType } from './route';
import { routeResponseType } from './route-response';
import { stageType } from './stage';
import { usagePlanType } from './usage-plan';
import { usagePlanKeyType } from './usage-plan-key';
import { GatewayAccount } from '../logging/gateway-account';

/** How WebSocket APIs come into being. */
export function resourceTypes(apis: Apis, context: ServiceContext): Record<string, ResourceType> {
  const account = new GatewayAccount(context);
  const { apiKeys } = apis;
  return {
    'AWS::ApiGateway::Account': accountType(account),
    'AWS::ApiGateway::ApiKey': apiKeyType(apiKeys),
    'AWS::ApiGateway::UsagePlan': usagePlanType(apiKeys),
    'AWS::ApiGateway::UsagePlanKey': usagePlanKeyType(apiKeys),
    'AWS::ApiGatewayV2::Api': apiType(apis),
    'AWS::ApiGatewayV2::Authorizer': authorizerType(apis),
    'AWS::ApiGatewayV2::Deployment': deploymentType(apis),
    'AWS::ApiGatewayV2::Integration': integrationType(apis, context),
    'AWS::ApiGatewayV2::IntegrationResponse': integrationResponseType(apis),
    'AWS::ApiGatewayV2::Model': modelType(apis),
    'AWS::ApiGatewayV2::Route': routeType(apis),
    'AWS::ApiGatewayV2::RouteResponse': routeResponseType(apis),
    'AWS::ApiGatewayV2::Stage': stageType(apis, context, account),
  };
}
