import { ApiKeys } from './api-keys';
import { CompiledRoute, RouteCompiler } from './compiled-route';
import { StageLogging } from './logging/stage-logging';
import { Place } from './pipeline/exchange';
import { RouteThrottles, ThrottleSettings } from './route-throttles';
import { compileSelectionExpression, SelectionExpression } from './selection-expression';
import { Api, Declaration } from './store';
import { ServiceContext } from '../../kernel/contracts';

export interface StageSettings extends ThrottleSettings {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The deployment that the stage shows; undefined when it always shows what is declared. */
  readonly deploymentId?: string;
  /** Undefined when nothing is logged. */
  readonly logging?: StageLogging;
}

/** A stage of an API: what clients connect to. Compiles each route the first time it is used. */
export class Stage {
  place!: Place;
  settings!: StageSettings;
  private throttles!: RouteThrottles;
  private compiled?: { readonly declaration: Declaration; readonly routes: Map<string, CompiledRoute>; readonly compiler: RouteCompiler };

  private selection?: { readonly expression: string; readonly compiled: SelectionExpression };

  constructor(readonly api: Api, settings: StageSettings, private readonly apiKeys: ApiKeys, private readonly context: ServiceContext) {
    this.change(settings);
  }

  /** Takes other settings, for the connections that are open too. */
  change(settings: StageSettings): void {
    const { api } = this;
    this.settings = settings;
    this.place = { apiId: api.id, domainName: api.domainName, stage: settings.name, stageVariables: settings.variables };
    this.throttles = new RouteThrottles(settings);
    this.compiled = undefined;
  }

  /** What selects a message's route. */
  get routeSelection(): SelectionExpression {
    const expression = this.api.routeSelectionExpression;
    if (this.selection?.expression !== expression) {
      this.selection = { expression, compiled: compileSelectionExpression(expression, ['request.body']) };
    }
    return this.selection.compiled;
  }

  get name(): string {
    return this.settings.name;
  }

  /** What is deployed here: the deployment, or what is declared when the stage deploys by itself. */
  get deployed(): Declaration {
    const { deploymentId } = this.settings;
    return deploymentId === undefined ? this.api.declaration : this.api.deployment(deploymentId);
  }

  hasRoute(key: string): boolean {
    return this.deployed.routesByKey.has(key);
  }

  /** The route of that key, which has to be there. */
  route(key: string): CompiledRoute {
    const { routes, declaration, compiler } = this.compile();
    let route = routes.get(key);
    if (!route) {
      route = compiler.compile(declaration.routesByKey.get(key)!, this.throttles.bucket(key));
      routes.set(key, route);
    }
    return route;
  }

  private compile() {
    const declaration = this.deployed;
    if (this.compiled?.declaration !== declaration) {
      this.compiled = { declaration, routes: new Map(), compiler: new RouteCompiler(this.api, this.place, declaration, this.apiKeys, this.context) };
    }
    return this.compiled!;
  }
}
