import { CompiledHttpRoute, HttpRouteCompiler } from './compiled-http-route';
import { HttpApi, HttpDeclaration, HttpRoute } from './declaration';
import { HttpAccessLog } from './logging/access-log';
import { compareRoutes, DEFAULT_ROUTE, matchRoute, PathVariables } from './route-key';
import { ServiceContext } from '../../../kernel/contracts';
import { Place } from '../pipeline/exchange';
import { RouteThrottles, ThrottleSettings } from '../route-throttles';

export interface HttpStageSettings extends ThrottleSettings {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The deployment that the stage shows; undefined when it always shows what is declared. */
  readonly deploymentId?: string;
  /** Undefined when nothing is logged. */
  readonly accessLog?: HttpAccessLog;
}

/** The route that takes a request. */
export interface SelectedRoute {
  readonly route: HttpRoute;
  readonly variables: PathVariables;
}

/** A stage of an HTTP API: what clients call. Compiles each route the first time it is used. */
export class HttpStage {
  place!: Place;
  settings!: HttpStageSettings;
  private throttles!: RouteThrottles;
  private compiled?: {
    readonly declaration: HttpDeclaration;
    readonly ordered: readonly HttpRoute[];
    readonly routes: Map<string, CompiledHttpRoute>;
    readonly compiler: HttpRouteCompiler;
  };

  constructor(readonly api: HttpApi, settings: HttpStageSettings, private readonly context: ServiceContext) {
    this.change(settings);
  }

  change(settings: HttpStageSettings): void {
    const { api } = this;
    this.settings = settings;
    this.place = { apiId: api.id, domainName: api.domainName, stage: settings.name, stageVariables: settings.variables };
    this.throttles = new RouteThrottles(settings);
    this.compiled = undefined;
  }

  get name(): string {
    return this.settings.name;
  }

  /** What is deployed here: the deployment, or what is declared when the stage deploys by itself. */
  get deployed(): HttpDeclaration {
    const { deploymentId } = this.settings;
    return deploymentId === undefined ? this.api.declaration : this.api.deployment(deploymentId);
  }

  /** The route that says most closely what the request is, else `$default`. */
  select(request: { readonly method: string; readonly path: string }): SelectedRoute | undefined {
    const { ordered, declaration } = this.compile();
    for (const route of ordered) {
      const variables = matchRoute(route.path!, request);
      if (variables) {
        return { route, variables };
      }
    }
    const route = declaration.routesByKey.get(DEFAULT_ROUTE);
    return route && { route, variables: new Map() };
  }

  /** The route, ready for requests; throws a GatewayFailure when it cannot be. */
  route(route: HttpRoute): CompiledHttpRoute {
    const { routes, compiler } = this.compile();
    let compiled = routes.get(route.routeKey);
    if (!compiled) {
      compiled = compiler.compile(route, this.throttles.bucket(route.routeKey));
      routes.set(route.routeKey, compiled);
    }
    return compiled;
  }

  private compile() {
    const declaration = this.deployed;
    if (this.compiled?.declaration !== declaration) {
      const ordered = [...declaration.routesByKey.values()].filter(({ path }) => path).sort((left, right) => compareRoutes(left.path!, right.path!));
      const compiler = new HttpRouteCompiler(declaration, { place: this.place, environment: this.api.environment, context: this.context });
      this.compiled = { declaration, ordered, routes: new Map(), compiler };
    }
    return this.compiled!;
  }
}
