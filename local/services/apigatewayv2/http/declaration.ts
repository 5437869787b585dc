/** HTTP APIs as the template declares them. */

import { RoutePath } from './route-key';
import { Environment } from '../../../kernel/contracts';
import { DeclaredApi } from '../declared-api';

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
export class HttpApi extends DeclaredApi<HttpDeclaration> {
  constructor(id: string, public cors: CorsConfiguration | undefined, environment: Environment, stackName: string, constructPath: string) {
    super(id, environment, stackName, constructPath, HttpDeclaration);
  }
}
