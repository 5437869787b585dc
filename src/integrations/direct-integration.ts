import { Lazy, Stack } from 'aws-cdk-lib';
import {
  CfnIntegrationResponse, PassthroughBehavior, WebSocketIntegration, WebSocketIntegrationType, WebSocketRouteIntegration,
  WebSocketRouteIntegrationBindOptions, WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { integrationRole } from './integration-role';

/** Selects the template whose key is `$default`; the backslash keeps API Gateway from reading a variable. */
const DEFAULT_TEMPLATE = '\\$default';

/** What a client is told when the service's answer has a certain status. */
export interface StatusResponse {
  /** `$default`, or a regular expression between slashes that the service's HTTP status matches, such as `/200/`. */
  readonly key: string;
  /** Velocity template of the frame; without one the service's own answer is passed on. */
  readonly template?: string;
}

/**
 * A call of one AWS service action, with everything that API Gateway needs for it to answer.
 *
 * A non-proxy route works only with the whole set: a request template under the key `$default`, the selector that finds it, and responses for the
 * statuses that may come back. What is missing is not reported by CloudFormation, but fails at the first message.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
 */
export abstract class DirectIntegration extends WebSocketRouteIntegration {
  private config?: WebSocketRouteIntegrationConfig;

  constructor(private readonly integrationId: string, private readonly service: string, private readonly action: string) {
    super(integrationId);
  }

  bind(options: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    // The CDK makes one integration for all routes, but newer versions bind it for each of them.
    this.config ??= this.create(options);
    return this.config;
  }

  /** Allows the role the one action that this integration calls, on the one resource. */
  protected abstract grant(role: IRole): void;

  /** Velocity template of the request to the service. */
  protected abstract requestTemplate(stack: Stack): string;

  protected abstract responses(): StatusResponse[];

  private create({ route, scope }: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    const stack = Stack.of(scope);
    const role = integrationRole(route.webSocketApi);
    this.grant(role);

    this.responses().forEach((response, index) => {
      new CfnIntegrationResponse(scope, `${this.integrationId}Response${index}`, {
        apiId: route.webSocketApi.apiId,
        // The CDK makes the integration after it has bound it, as a child of the route.
        integrationId: Lazy.string({ produce: () => (scope.node.findChild(this.integrationId) as WebSocketIntegration).integrationId }),
        integrationResponseKey: response.key,
        templateSelectionExpression: DEFAULT_TEMPLATE,
        responseTemplates: response.template === undefined ? undefined : { $default: response.template },
      });
    });

    return {
      type: WebSocketIntegrationType.AWS,
      uri: `arn:${stack.partition}:apigateway:${stack.region}:${this.service}:action/${this.action}`,
      method: 'POST',
      credentialsRole: role,
      requestTemplates: { $default: this.requestTemplate(stack) },
      templateSelectionExpression: DEFAULT_TEMPLATE,
      // A message that no template takes up is refused, never forwarded as it came.
      passthroughBehavior: PassthroughBehavior.NEVER,
    };
  }
}
