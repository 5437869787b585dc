import { Aspects, IAspect, Stage } from 'aws-cdk-lib';
import { CfnModel, CfnRoute, IWebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct, IConstruct } from 'constructs';
import { IntegrationDefinition } from './integration-definition';
import { modelName } from './model-name';
import { problem } from '../validation/problem';
import { contradictionsOf, messageFieldsOf, messageSchema } from '../values/message-schema';
import { nodesOf, ParameterNode } from '../values/value-node';

/** An integration that routes of an API may lead to. */
interface BoundIntegration {
  /** As its author calls it. */
  readonly id: string;
  /** The route that made it. */
  readonly scope: Construct;
  /** Its identifier, known once the route is made. */
  readonly integrationId: () => string;
  readonly definition: IntegrationDefinition;
}

const APIS = Symbol.for('cdk-lambdaless-websockets.RouteRequirements');

/** What the integrations of an API ask of the routes that lead to them. */
export function routeRequirements(api: IWebSocketApi): RouteRequirements {
  const holder = api as unknown as { [APIS]?: RouteRequirements };
  holder[APIS] ??= new RouteRequirements(api);
  return holder[APIS];
}

/**
 * Gives each route the model and the parameters that its integration needs, and finds what is wrong with their combination.
 *
 * An integration is not told of all routes that share it, and it is bound before its route is made: hence an aspect.
 */
class RouteRequirements implements IAspect {
  private readonly integrations: BoundIntegration[] = [];
  private readonly problems: string[] = [];

  constructor(private readonly api: IWebSocketApi) {
    // What is within a Stage, aspects of the app do not visit.
    Aspects.of(Stage.of(api) ?? api.node.root).add(this);
    api.node.addValidation({ validate: () => this.problems });
  }

  add(integration: BoundIntegration): void {
    this.integrations.push(integration);
    this.problems.push(...integration.definition.problems ?? [], ...contradictionsOf(messageFieldsOf(integration.definition.requestValues))
      .map(contradiction => problem('contradictoryTypes', `The integration ${integration.id} cannot be right: ${contradiction}.`)));
  }

  visit(node: IConstruct): void {
    // Identifiers are compared unresolved: resolved, they are but logical ids, which resources of two stacks may share.
    if (!(node instanceof CfnRoute) || node.apiId !== this.api.apiId) {
      return;
    }
    const integration = this.integrations.find(({ integrationId }) => node.target === `integrations/${integrationId()}`);
    if (integration) {
      this.problems.push(...problemsOf(node, integration));
      this.equip(node, integration);
    }
  }

  private equip(route: CfnRoute, { id, scope, definition }: BoundIntegration): void {
    const parameters = parametersOf(definition);
    if (route.routeKey === '$connect' && parameters.length > 0) {
      route.requestParameters = { ...requestParameters(parameters), ...route.requestParameters };
    }
    const schema = messageSchema(messageFieldsOf(definition.requestValues));
    // The author's own model knows better.
    if (schema && route.requestModels === undefined) {
      const model = scope.node.tryFindChild(`${id}Model`) as CfnModel | undefined ?? this.createModel(scope, id, schema);
      route.modelSelectionExpression = '\\$default';
      route.requestModels = { $default: model.name };
      route.node.addDependency(model);
    }
  }

  private createModel(scope: Construct, id: string, schema: object): CfnModel {
    return new CfnModel(scope, `${id}Model`, { apiId: this.api.apiId, name: modelName(scope, id), contentType: 'application/json', schema });
  }
}

function parametersOf({ requestValues }: IntegrationDefinition): ParameterNode[] {
  return requestValues.flatMap(nodesOf).filter(node => node.kind === 'parameter');
}

/** A parameter is required as soon as one value cannot do without it. */
function requestParameters(parameters: readonly ParameterNode[]): Record<string, object> {
  const required = new Map<string, boolean>();
  for (const { location, name, isOptional } of parameters) {
    const key = `route.request.${location}.${name}`;
    required.set(key, required.get(key) || !isOptional);
  }
  return Object.fromEntries([...required].map(([key, Required]) => [key, { Required }]));
}

function problemsOf(route: CfnRoute, { id, scope, definition }: BoundIntegration): string[] {
  const routeKey = route.routeKey;
  const where = `The route ${routeKey} with the integration ${id}`;
  const answers = route.routeResponseSelectionExpression !== undefined;
  const hasMessage = routeKey !== '$connect' && routeKey !== '$disconnect';
  const found: string[] = [];
  if (routeKey === '$connect' && !answers) {
    found.push(problem('connectWithoutResponse', `${where} refuses every client: API Gateway lets them in only with an answer. Add the route with returnResponse: true.`));
  }
  if (hasMessage && definition.response._success && !answers) {
    found.push(problem('responseNotReturned', `${where} has a response that nobody gets. Add the route with returnResponse: true, or give the integration Response.none().`));
  }
  if (hasMessage && !definition.response._success && answers) {
    found.push(problem('nothingToReturn', `${where} has nothing to answer, and clients would be told of an internal error. Add the route without returnResponse, or give the integration a response.`));
  }
  if (!hasMessage && messageFieldsOf(definition.requestValues).length > 0) {
    found.push(problem('noMessage', `${where} takes fields of a message with Value.body(), but there is no message when a client connects or disconnects.`));
  }
  if (routeKey !== '$connect' && parametersOf(definition).length > 0) {
    found.push(problem('noHandshake', `${where} takes headers or query string parameters, which only $connect has.`));
  }
  const madeBy = scope.node.findChild('Resource') as CfnRoute;
  if ((madeBy.routeKey === '$connect') !== (routeKey === '$connect')) {
    found.push(problem('sharedWithConnect', `${where} shares it with ${madeBy.routeKey}: $connect needs an integration of its own, whose failure refuses the client.`));
  }
  if (hasMessage && madeBy.routeKey === '$disconnect' && definition.response._success) {
    found.push(problem('sharedWithDisconnect', `${where} shares it with $disconnect, which came first and has nothing to answer. Give one of them an integration of its own.`));
  }
  return found;
}
