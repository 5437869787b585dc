import { Lazy, Stack } from 'aws-cdk-lib';
import {
  CfnIntegrationResponse, PassthroughBehavior, WebSocketIntegration, WebSocketRouteIntegration, WebSocketRouteIntegrationBindOptions,
  WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { Guard, guarded } from './guard';
import { IntegrationDefinition } from './integration-definition';
import { integrationRole } from './integration-role';
import { routeRequirements } from './route-requirements';
import { connectResponses, messageResponses, StatusResponse } from '../responses/response-templates';
import { InvalidValueError } from '../validation/invalid-value-error';

/** Selects the template whose key is `$default`; the backslash keeps API Gateway from reading a variable. */
const DEFAULT_TEMPLATE = '\\$default';

/**
 * An integration without a function, with everything that API Gateway needs for it to answer.
 *
 * A non-proxy route works only with the whole set: a request template under the key `$default`, the selector that finds it, a model of the messages that the
 * template can work with, and responses for the statuses that may come back. What is missing is not reported by CloudFormation, but fails at the first message.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
 */
export abstract class DirectIntegration extends WebSocketRouteIntegration {
  /**
   * On what condition clients are let in, for `$connect`.
   *
   * @internal
   */
  _guard?: Guard;

  private config?: WebSocketRouteIntegrationConfig;

  constructor(private readonly integrationId: string) {
    super(integrationId);
    if (integrationId === 'Default' || integrationId === 'Resource') {
      throw new InvalidValueError('integrationId', `An integration cannot have the id '${integrationId}', which the CDK leaves out of logical ids: its resource would take the id of its route. Choose another.`);
    }
  }

  /** Makes what the integration consists of, once for all routes of the API that share it. */
  bind(options: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    // The CDK makes one integration for all routes, but newer versions bind it for each of them.
    this.config ??= this.create(options);
    return this.config;
  }

  /**
   * Whether a route has to be added with `returnResponse: true`.
   *
   * @internal
   */
  _answers(scope: Construct, routeKey: string): boolean {
    return routeKey === '$connect' || (routeKey !== '$disconnect' && this._define(Stack.of(scope)).response._success !== undefined);
  }

  /** @internal */
  protected abstract _define(stack: Stack): IntegrationDefinition;

  private create({ route, scope }: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    const unguarded = this._define(Stack.of(scope));
    const definition = this._guard ? guarded(unguarded, this._guard) : unguarded;
    // The CDK makes the integration after it has bound it, as a child of the route.
    const integrationId = () => (scope.node.findChild(this.integrationId) as WebSocketIntegration).integrationId;
    routeRequirements(route.webSocketApi).add({ id: this.integrationId, scope, integrationId, definition });

    responsesOf(route.routeKey, definition).forEach((response, index) => {
      new CfnIntegrationResponse(scope, `${this.integrationId}Response${index}`, {
        apiId: route.webSocketApi.apiId,
        integrationId: Lazy.string({ produce: integrationId }),
        integrationResponseKey: response.key,
        templateSelectionExpression: DEFAULT_TEMPLATE,
        responseTemplates: response.template === undefined ? undefined : { $default: response.template },
      });
    });

    return {
      type: definition.type,
      uri: definition.uri,
      method: definition.httpMethod,
      credentialsRole: definition.statements.length === 0 ? undefined : integrationRole(route, definition.statements),
      requestParameters: definition.requestParameters,
      requestTemplates: { $default: definition.requestTemplate },
      templateSelectionExpression: DEFAULT_TEMPLATE,
      // A message that no template takes up is refused, never forwarded as it came.
      passthroughBehavior: PassthroughBehavior.NEVER,
      timeout: definition.timeout,
    };
  }
}

function responsesOf(routeKey: string, { response, responses, failures, errorDetail }: IntegrationDefinition): readonly StatusResponse[] {
  switch (routeKey) {
    case '$connect': return connectResponses(failures);
    // Nobody is there to be told.
    case '$disconnect': return [];
    default: return responses ?? messageResponses(response, failures, errorDetail);
  }
}
