import { ServiceContext } from '../../kernel/contracts';
import { CompiledRoute, compileRoute, IntegrationCompiler } from './pipeline/route';
import { compileSelectionExpression, SelectionExpression } from './selection-expression';
import { Api, Declaration } from './store';
import { TokenBucket } from './token-bucket';

/** How many requests a route takes. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** The account's own limits hold where a stage sets none. */
const DEFAULT_THROTTLE: Throttle = { rate: 10_000, burst: 5_000 };

export interface StageSettings {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The deployment that the stage shows; undefined when it always shows what is declared. */
  readonly deploymentId?: string;
  readonly defaultThrottle: Partial<Throttle>;
  readonly routeThrottles: ReadonlyMap<string, Partial<Throttle>>;
}

/** A stage of an API: what clients connect to. Compiles each route the first time it is used. */
export class Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly routeSelection: SelectionExpression;
  private readonly buckets = new Map<string, TokenBucket>();
  private compiled?: { readonly declaration: Declaration; readonly routes: Map<string, CompiledRoute>; readonly integrations: IntegrationCompiler };

  constructor(readonly api: Api, private readonly settings: StageSettings, private readonly context: ServiceContext) {
    this.name = settings.name;
    this.variables = settings.variables;
    this.routeSelection = compileSelectionExpression(api.routeSelectionExpression, ['request.body']);
  }

  /** What is deployed here: the deployment, or what is declared when the stage deploys by itself. */
  get deployed(): Declaration {
    const { deploymentId } = this.settings;
    return deploymentId === undefined ? this.api.declaration : this.api.deployments.get(deploymentId)!;
  }

  /** Whether the stage shows something else than what is declared. */
  get deploymentId(): string | undefined {
    return this.settings.deploymentId;
  }

  /** The route of that key; undefined when there is none. */
  route(key: string): CompiledRoute | undefined {
    const compiled = this.compile();
    const known = compiled.routes.get(key);
    if (known) {
      return known;
    }
    const route = compiled.declaration.routesByKey.get(key);
    if (!route) {
      return undefined;
    }
    const fresh = compileRoute(route, compiled.declaration, compiled.integrations, this.bucket(key));
    compiled.routes.set(key, fresh);
    return fresh;
  }

  private compile() {
    const declaration = this.deployed;
    if (this.compiled?.declaration !== declaration) {
      this.compiled = { declaration, routes: new Map(), integrations: new IntegrationCompiler(this, declaration, this.context) };
    }
    return this.compiled;
  }

  /** A route's bucket stays when the route is compiled anew. */
  private bucket(key: string): TokenBucket {
    let bucket = this.buckets.get(key);
    if (!bucket) {
      const { rate, burst } = { ...DEFAULT_THROTTLE, ...this.settings.defaultThrottle, ...this.settings.routeThrottles.get(key) };
      bucket = new TokenBucket(rate, burst);
      this.buckets.set(key, bucket);
    }
    return bucket;
  }
}
