/** WebSocket APIs as the template declares them. */

import { Environment } from '../../kernel/contracts';
import { Stage } from './stage';

export interface Route {
  readonly id: string;
  readonly routeKey: string;
  readonly integrationId?: string;
  /** Parameters of the `$connect` request that integrations may use, and whether each has to be there. */
  readonly requestParameters: ReadonlyMap<string, boolean>;
}

export type IntegrationType = 'AWS' | 'HTTP' | 'HTTP_PROXY' | 'MOCK';

export type PassthroughBehavior = 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';

export interface Integration {
  readonly id: string;
  readonly type: IntegrationType;
  readonly uri: string;
  readonly method: string;
  readonly credentialsArn?: string;
  readonly requestParameters: ReadonlyMap<string, string>;
  readonly requestTemplates: ReadonlyMap<string, string>;
  readonly templateSelectionExpression?: string;
  readonly passthroughBehavior: PassthroughBehavior;
  readonly timeoutMilliseconds: number;
}

export interface IntegrationResponse {
  readonly id: string;
  /** `$default`, a regular expression between slashes, or a status. */
  readonly key: string;
  readonly responseParameters: ReadonlyMap<string, string>;
  readonly responseTemplates: ReadonlyMap<string, string>;
  readonly templateSelectionExpression?: string;
}

/** Routes and integrations of an API: as they are being declared, or as they were when it was deployed. */
export class Declaration {
  readonly routesByKey: Map<string, Route>;
  /** The ids of the routes that have a route response: they answer their client. */
  readonly answeringRoutes: Set<string>;
  readonly integrations: Map<string, Integration>;
  /** By the integration's id. */
  readonly integrationResponses: Map<string, readonly IntegrationResponse[]>;

  constructor(original?: Declaration) {
    this.routesByKey = new Map(original?.routesByKey);
    this.answeringRoutes = new Set(original?.answeringRoutes);
    this.integrations = new Map(original?.integrations);
    this.integrationResponses = new Map(original?.integrationResponses);
  }
}

/** A WebSocket API. */
export class Api {
  readonly deployments = new Map<string, Declaration>();
  readonly stages = new Map<string, Stage>();
  readonly domainName: string;
  private current = new Declaration();

  constructor(
    readonly id: string,
    readonly routeSelectionExpression: string,
    readonly environment: Environment,
    readonly stackName: string,
    readonly constructPath: string,
  ) {
    this.domainName = `${id}.execute-api.${environment.region}.${environment.urlSuffix}`;
  }

  /** What is declared so far. A change makes a new one, by which whoever has compiled the last one notices. */
  get declaration(): Declaration {
    return this.current;
  }

  declare(change: (declaration: Declaration) => void): void {
    const changed = new Declaration(this.current);
    change(changed);
    this.current = changed;
  }
}

/** The APIs of all stacks. */
export class Apis {
  private readonly byId = new Map<string, Api>();

  add(api: Api): void {
    this.byId.set(api.id, api);
  }

  find(id: string): Api | undefined {
    return this.byId.get(id);
  }

  /** The API that a resource of the template belongs to. */
  get(id: string): Api {
    const api = this.byId.get(id);
    if (!api) {
      throw new Error(`there is no API with the id ${id}`);
    }
    return api;
  }

  [Symbol.iterator](): Iterator<Api> {
    return this.byId.values();
  }
}
