/** WebSocket APIs as the template declares them. */

import { DeclaredApi } from './declared-api';
import { Environment } from '../../kernel/contracts';

export interface Route {
  readonly id: string;
  readonly routeKey: string;
  readonly integrationId?: string;
  /** Parameters of the `$connect` request that integrations may use, and whether each has to be there. */
  readonly requestParameters: ReadonlyMap<string, boolean>;
  readonly authorization: RouteAuthorization;
  /** Undefined when messages are not checked. */
  readonly modelSelection?: ModelSelection;
}

/** Which model a route checks a message against. */
export interface ModelSelection {
  readonly expression: string;
  /** By the keys that the expression may evaluate to. */
  readonly modelNames: ReadonlyMap<string, string>;
}

/** What a message has to be like. */
export interface Model {
  readonly contentType: string;
  /** A JSON Schema. */
  readonly schema: unknown;
}

/** Where an API may find its callers' keys. */
export const API_KEY_SOURCES = ['$request.header.x-api-key', '$context.authorizer.usageIdentifierKey'] as const;

export type ApiKeySource = typeof API_KEY_SOURCES[number];

/** What a handshake needs to pass: anybody may, without any. */
export interface RouteAuthorization {
  readonly type: 'NONE' | 'AWS_IAM' | 'CUSTOM';
  /** Of a CUSTOM one. */
  readonly authorizerId?: string;
  readonly needsApiKey: boolean;
}

/** A function that decides who may connect. */
export interface Authorizer {
  readonly id: string;
  readonly functionArn: string;
  readonly credentialsArn?: string;
  /** What has to be there, or the function is not even called. */
  readonly identitySources: readonly string[];
}

export type IntegrationType = 'AWS' | 'AWS_PROXY' | 'HTTP' | 'HTTP_PROXY' | 'MOCK';

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
  /** The body is the base64 of what the backend gets. */
  readonly isBodyBase64: boolean;
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
  readonly authorizers: Map<string, Authorizer>;
  /** By name. */
  readonly models: Map<string, Model>;

  constructor(original?: Declaration) {
    this.routesByKey = new Map(original?.routesByKey);
    this.answeringRoutes = new Set(original?.answeringRoutes);
    this.integrations = new Map(original?.integrations);
    this.integrationResponses = new Map(original?.integrationResponses);
    this.authorizers = new Map(original?.authorizers);
    this.models = new Map(original?.models);
  }
}

/** A WebSocket API. */
export class Api extends DeclaredApi<Declaration> {
  constructor(
    id: string,
    public routeSelectionExpression: string,
    public apiKeySource: ApiKeySource,
    environment: Environment,
    stackName: string,
    constructPath: string,
  ) {
    super(id, environment, stackName, constructPath, Declaration);
  }
}
