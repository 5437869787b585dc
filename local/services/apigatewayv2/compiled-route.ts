import { internalServerError } from './gateway-response';
import { Place } from './pipeline/exchange';
import { CompiledIntegration, compileIntegration } from './pipeline/integration';
import { compileParameterCheck, ParameterCheck } from './pipeline/validate';
import { Declaration, Route } from './store';
import { TokenBucket } from './token-bucket';
import { Environment, ServiceContext } from '../../kernel/contracts';

/** A route, ready for requests. */
export interface CompiledRoute {
  readonly throttle: TokenBucket | undefined;
  readonly checkParameters: ParameterCheck;
  /** Whether the integration's answer reaches the client: the route has a route response. */
  readonly answers: boolean;
  readonly integration: CompiledIntegration | undefined;
}

/** Compiles the routes of one deployment; routes that share an integration share what it compiles to. */
export class RouteCompiler {
  private readonly integrations = new Map<string, CompiledIntegration>();

  constructor(
    private readonly place: Place,
    private readonly declaration: Declaration,
    private readonly environment: Environment,
    private readonly context: ServiceContext,
  ) {}

  compile(route: Route, throttle: TokenBucket | undefined): CompiledRoute {
    return {
      throttle,
      checkParameters: compileParameterCheck(route.requestParameters),
      answers: this.declaration.answeringRoutes.has(route.id),
      integration: route.integrationId === undefined ? undefined : this.integration(route.integrationId),
    };
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
      return compileIntegration(integration, responses, { place: this.place, environment: this.environment, context: this.context });
    } catch (error) {
      // Everything was checked when it was declared, but for what a stage's variables fill in.
      throw internalServerError(`Execution failed due to configuration error: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
