/** WebSocket clients, between the wire and the gateway. */
import { Principal } from './call';
import { HttpRequest } from './http';

/** The gateway's side of WebSocket clients; the wire does the framing. */
export interface WebSocketAcceptor {
  /** How long a data frame, and a message in all its frames, may be. */
  readonly limits: { readonly frameBytes: number; readonly messageBytes: number };
  /** Whether an API has this id. */
  serves(apiId: string): boolean;
  /** The APIs and stages that can be connected to. */
  describeApis(): ReadonlyArray<{ readonly apiId: string; readonly stage: string }>;
  /** Whether a request, its path without the API's id, is one for AWS credentials, such as those to `@connections`. */
  requiresCredentials(request: Pick<HttpRequest, 'path'>): boolean;
  /** Decides an upgrade request. */
  connect(request: UpgradeRequest): Promise<UpgradeAccepted | UpgradeRefused>;
}

export interface UpgradeRequest {
  readonly apiId: string;
  /** Path after the API, such as `/prod`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  /** Each header's values as sent, names as the client spelled them. */
  readonly rawHeaders: ReadonlyArray<readonly [name: string, value: string]>;
  readonly sourceIp: string;
  /** Whom the request acts for by its signature; throws an AwsError when it has none, or one that is no good. */
  authenticate(): Principal;
}

export interface UpgradeRefused {
  readonly accepted: false;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface UpgradeAccepted {
  readonly accepted: true;
  readonly headers: Record<string, string>;
  /** Called once the handshake is done; the gateway hands back what the wire calls from then on. */
  open(client: WebSocketClient): WebSocketListener;
  /** Called instead when the client left before the handshake was done. */
  abandon(): void;
}

/** A connected client, as the gateway drives it. */
export interface WebSocketClient {
  /** What was sent and is still on its way: it tells whether the client keeps up. */
  readonly bufferedBytes: number;
  /** Whether messages reach it: once either side has said that it leaves, they do not. */
  readonly isOpen: boolean;
  /** Sends one message. */
  send(data: string | Buffer): void;
  close(code: number, reason: string): void;
}

/** What the wire tells the gateway about a connected client. */
export interface WebSocketListener {
  message(data: Buffer, binary: boolean): void;
  ping(): void;
  closed(code: number, reason: string): void;
}
