import { Lazy } from 'aws-cdk-lib';
import {
  CfnIntegrationResponse, WebSocketIntegration, WebSocketIntegrationType, WebSocketRouteIntegration, WebSocketRouteIntegrationBindOptions,
  WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';

/** The key of the templates of a mock integration, and what selects them. */
const TEMPLATE_KEY = '200';

/** Answers a `ping` without calling anything: browsers cannot send those of the WebSocket protocol. */
export class PingIntegration extends WebSocketRouteIntegration {
  constructor(private readonly integrationId: string) {
    super(integrationId);
  }

  bind({ route, scope }: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    new CfnIntegrationResponse(scope, `${this.integrationId}Response`, {
      apiId: route.webSocketApi.apiId,
      // The CDK makes the integration after it has bound it, as a child of the route.
      integrationId: Lazy.string({ produce: () => (scope.node.findChild(this.integrationId) as WebSocketIntegration).integrationId }),
      integrationResponseKey: '$default',
      templateSelectionExpression: TEMPLATE_KEY,
      responseTemplates: { [TEMPLATE_KEY]: '{"type":"pong","requestId":"$context.requestId"}' },
    });
    return {
      type: WebSocketIntegrationType.MOCK,
      uri: '',
      requestTemplates: { [TEMPLATE_KEY]: '{"statusCode":200}' },
      templateSelectionExpression: TEMPLATE_KEY,
    };
  }
}
