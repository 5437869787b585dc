/** HTTP APIs as the template declares them. */

import { RoutePath } from './route-key';
import { Environment } from '../../../kernel/contracts';

export type HttpAuthorizationType = 'NONE' | 'AWS_IAM' | 'CUSTOM';

export interface HttpRoute {
  readonly id: string;
  readonly routeKey: string;
  /** None of the `$default` route. */
  readonly path?: RoutePath;
  readonly integrationId?: string;
  readonly authorizationType: HttpAuthorizationType;
  readonly authorizerId?: string;
}

/** One header or status that an answer gets, by the status that the integration answered with. */
export interface ResponseParameter {
  readonly destination: string;
  readonly source: string;
}

export interface HttpIntegration {
  readonly id: string;
  readonly type: 'AWS_PROXY' | 'HTTP_PROXY';
  /** Of an integration with a service other than Lambda. */
  readonly subtype?: string;
  readonly uri: string;
  readonly method: string;
  readonly payloadFormatVersion: '1.0' | '2.0';
  readonly credentialsArn?: string;
  readonly requestParameters: ReadonlyMap<string, string>;
  readonly responseParameters: ReadonlyMap<string, readonly ResponseParameter[]>;
  readonly timeoutMilliseconds: number;
}

/** A function that decides who may call. */
export interface HttpAuthorizer {
  readonly id: string;
  readonly uri: string;
  readonly credentialsArn?: string;
  /** What has to be there, or the function is not even called. */
  readonly identitySources: readonly string[];
  readonly payloadFormatVersion: '1.0' | '2.0';
  /** Whether it answers with yes or no, and not with a policy. */
  readonly answersSimply: boolean;
  /** For how long its answers are remembered. */
  readonly ttlSeconds: number;
}

/** Routes and integrations of an API: as they are being declared, or as they were when it was deployed. */
export class HttpDeclaration {
  readonly routesByKey: Map<string, HttpRoute>;
  readonly integrations: Map<string, HttpIntegration>;
  readonly authorizers: Map<string, HttpAuthorizer>;

  constructor(original?: HttpDeclaration) {
    this.routesByKey = new Map(original?.routesByKey);
    this.integrations = new Map(original?.integrations);
    this.authorizers = new Map(original?.authorizers);
  }
}

/** Which pages of other origins may call an API. */
export interface CorsConfiguration {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAge?: number;
  readonly allowCredentials: boolean;
}

/** An HTTP API. */
export class HttpApi {
  readonly domainName: string;
  private readonly deployments = new Map<string, HttpDeclaration>();
  private current = new HttpDeclaration();

  constructor(
    readonly id: string,
    public cors: CorsConfiguration | undefined,
    readonly environment: Environment,
    readonly stackName: string,
    readonly constructPath: string,
  ) {
    this.domainName = `${id}.execute-api.${environment.region}.${environment.urlSuffix}`;
  }

  /** What is declared so far. A change makes a new one, by which whoever has compiled the last one notices. */
  get declaration(): HttpDeclaration {
    return this.current;
  }

  declare(change: (declaration: HttpDeclaration) => void): void {
    const changed = new HttpDeclaration(this.current);
    change(changed);
    this.current = changed;
  }

  /** Keeps what is declared now under the deployment's id. */
  deploy(deploymentId: string): void {
    this.deployments.set(deploymentId, this.current);
  }

  undeploy(deploymentId: string): void {
    this.deployments.delete(deploymentId);
  }

  deployment(id: string): HttpDeclaration {
    const deployment = this.deployments.get(id);
    if (!deployment) {
      throw new Error(`the API ${this.id} has no deployment with the id ${id}`);
    }
    return deployment;
  }
}
