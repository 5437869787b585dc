/** HTTP, as services speak it. */
import { Principal } from './call';

/** An HTTP request as a service receives it. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query string, as sent (not decoded). */
  readonly path: string;
  /** Query string without the question mark, as sent. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Absent when it comes from within the runtime. */
  readonly reception?: Reception;
}

/** How a request came over the wire. */
export interface Reception {
  readonly sourceIp: string;
  /** Each header's values as sent, names as the client spelled them. */
  readonly rawHeaders: ReadonlyArray<readonly [name: string, value: string]>;
  /** The body, which may be no text. */
  readonly bytes: Buffer;
  /** Whom the request acts for by its signature; throws an AwsError when it has none, or one that is no good. */
  authenticate(): Principal;
}

/** An HTTP answer of a service. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The body where it is no text. */
  readonly bytes?: Buffer;
  /** The values of `set-cookie`, which cannot be joined as those of other headers can. */
  readonly cookies?: readonly string[];
}

/** How a service speaks HTTP. */
export interface Protocol {
  /** Who calls are refused like, when their signature is no good: each kind has statuses and codes of its own. */
  readonly kind: 'json' | 'query' | 'rest' | 'api';
  /** Whether a request speaks this protocol: a service may have several. */
  accepts(request: HttpRequest): boolean;
  /** The operation and the input that a request asks for; throws an AwsError. */
  decode(request: HttpRequest): { operation: string; input: unknown };
  encode(operation: string, output: unknown, requestId: string): HttpResponse;
  encodeError(error: unknown, requestId: string): HttpResponse;
}
