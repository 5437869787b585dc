import { ApiKeys } from './api-keys';
import { internalServerError } from './gateway-response';
import { Authorization } from './pipeline/authorize';
import { apiKeyAuthorization } from './pipeline/authorize-api-key';
import { functionAuthorization } from './pipeline/authorize-function';
import { iamAuthorization } from './pipeline/authorize-iam';
import { IntegrationScope } from './pipeline/backend';
import { Place } from './pipeline/exchange';
import { CompiledIntegration, compileIntegration } from './pipeline/integration';
import { compileParameterCheck, ParameterCheck } from './pipeline/validate';
import { BodyCheck, compileBodyCheck } from './pipeline/validate-body';
import { Api, Authorizer, Declaration, Route, RouteAuthorization } from './store';
import { TokenBucket } from './token-bucket';
import { ServiceContext } from '../../kernel/contracts';

/** A route, ready for requests. */
export interface CompiledRoute {
  /** What a handshake has to pass, in this order. */
  readonly authorizations: readonly Authorization[];
  readonly throttle: TokenBucket | undefined;
  readonly checkParameters: ParameterCheck;
  readonly checkBody: BodyCheck;
  /** Whether the integration's answer reaches the client: the route has a route response. */
  readonly answers: boolean;
  readonly integration: CompiledIntegration | undefined;
}

/** Compiles the routes of one deployment; routes that share an integration share what it compiles to. */
export class RouteCompiler {
  private readonly integrations = new Map<string, CompiledIntegration>();

  constructor(
    private readonly api: Api,
    private readonly place: Place,
    private readonly declaration: Declaration,
    private readonly apiKeys: ApiKeys,
    private readonly context: ServiceContext,
  ) {}

  compile(route: Route, throttle: TokenBucket | undefined): CompiledRoute {
    return {
      authorizations: this.authorizations(route.authorization),
      throttle,
      checkParameters: compileParameterCheck(route.requestParameters),
      checkBody: compileBodyCheck(route.modelSelection, this.declaration, this.api),
      answers: this.declaration.answeringRoutes.has(route.id),
      integration: route.integrationId === undefined ? undefined : this.integration(route.integrationId),
    };
  }

  private get scope(): IntegrationScope {
    return { place: this.place, environment: this.api.environment, context: this.context };
  }

  private authorizations({ type, authorizerId, needsApiKey }: RouteAuthorization): Authorization[] {
    return [
      ...(type === 'AWS_IAM' ? [iamAuthorization(this.scope)] : []),
      ...(type === 'CUSTOM' ? [functionAuthorization(this.authorizer(authorizerId), this.scope)] : []),
      ...(needsApiKey ? [apiKeyAuthorization(this.api.apiKeySource, this.apiKeys, this.place)] : []),
    ];
  }

  private authorizer(id: string = ''): Authorizer {
    const authorizer = this.declaration.authorizers.get(id);
    if (!authorizer) {
      throw internalServerError(`the deployment has no authorizer with the id ${id}`);
    }
    return authorizer;
  }

  private integration(id: string): CompiledIntegration {
    let compiled = this.integrations.get(id);
    if (!compiled) {
      compiled = this.compileIntegration(id);
      this.integrations.set(id, compiled);
    }
    return compiled;
  }

  private compileIntegration(id: string): CompiledIntegration {
    const integration = this.declaration.integrations.get(id);
    if (!integration) {
      throw internalServerError(`the deployment has no integration with the id ${id}`);
    }
    const responses = this.declaration.integrationResponses.get(id) ?? [];
    try {
      return compileIntegration(integration, responses, this.scope);
    } catch (error) {
      // Everything was checked when it was declared, but for what a stage's variables fill in.
      throw internalServerError(`Execution failed due to configuration error: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
