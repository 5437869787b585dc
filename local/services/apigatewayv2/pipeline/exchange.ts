import { IntegrationRequest } from './integration-request';
import { Outcome } from './outcome';
import { HttpResponse, Principal } from '../../../kernel/contracts';
import { ClientParameters } from '../client-parameters';
import { ExchangeStages } from '../exchange-stages';

/** What a request is about. */
export type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** Where requests take place: a stage of an API. */
export interface Place {
  readonly apiId: string;
  readonly domainName: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** Who is connected, or about to be. */
export interface ConnectionIdentity {
  readonly id: string;
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** What the authorizer of `$connect` made known of the client. */
  authorizer?: Readonly<Record<string, unknown>>;
  /** The key that the authorizer found for the client. */
  usageIdentifierKey?: string;
  /** Who signed the handshake, and with which API key the client came. */
  caller?: Readonly<Record<string, string>>;
}

/** `$context` of a template: what API Gateway knows of a request. */
export type RequestContext = Record<string, unknown>;

export interface ExchangeOptions {
  readonly place: Place;
  readonly eventType: EventType;
  readonly connection: ConnectionIdentity;
  readonly requestId: string;
  /** Only a message has one. */
  readonly messageId?: string;
  readonly time: number;
  /** The message as the client sent it; empty when the request is none. */
  readonly body: string;
  readonly parameters: ClientParameters;
  /** Only the end of a connection has one. */
  readonly end?: { readonly code: number; readonly reason: string };
  /** Whom a handshake acts for by its signature; throws an AwsError when it has none that is good. */
  readonly authenticate?: () => Principal;
}

/** Takes down what becomes of an exchange. */
export interface ExchangeRecorder {
  /** Calls an integration's backend. */
  integrate(uri: string, request: IntegrationRequest, call: () => HttpResponse | Promise<HttpResponse>): HttpResponse | Promise<HttpResponse>;
  /** The exchange has come to its end. */
  finish(exchange: Exchange, outcome: Outcome): Outcome;
}

const NOT_PARSED = Symbol('not parsed');

/**
 * One request on its way through the pipeline: a connection being made, a message, or a connection's end. Each stage of the pipeline reads what the
 * stages before it have set.
 */
export class Exchange {
  readonly place: Place;
  readonly eventType: EventType;
  readonly connection: ConnectionIdentity;
  readonly requestId: string;
  readonly messageId: string | undefined;
  readonly time: number;
  readonly body: string;
  readonly parameters: ClientParameters;
  readonly end: { readonly code: number; readonly reason: string } | undefined;
  /** What the route selection made of the message. */
  routeKey = '';
  /** Set once the route is known. A template may change it, and the stages after it see the change. */
  context: RequestContext = {};
  /** Undefined when its stage logs nothing. */
  log: ExchangeRecorder | undefined = undefined;
  /** Undefined when nobody observes. */
  stages: ExchangeStages | undefined = undefined;
  private readonly signer: (() => Principal) | undefined;
  private parsed: unknown = NOT_PARSED;

  constructor(options: ExchangeOptions) {
    this.place = options.place;
    this.eventType = options.eventType;
    this.connection = options.connection;
    this.requestId = options.requestId;
    this.messageId = options.messageId;
    this.time = options.time;
    this.body = options.body;
    this.parameters = options.parameters;
    this.end = options.end;
    this.signer = options.authenticate;
  }

  /** Whom a handshake acts for by its signature; throws an AwsError when it has none that is good. */
  authenticate(): Principal {
    if (!this.signer) {
      throw new Error('only a handshake can be signed');
    }
    return this.signer();
  }

  /** The message as JSON; undefined when it is no JSON. */
  json(): unknown {
    if (this.parsed === NOT_PARSED) {
      try {
        this.parsed = JSON.parse(this.body);
      } catch {
        this.parsed = undefined;
      }
    }
    return this.parsed;
  }
}
