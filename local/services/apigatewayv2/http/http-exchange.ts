import { HttpApi, HttpRoute } from './declaration';
import { decode, PathVariables } from './route-key';
import { HttpRequest, Principal } from '../../../kernel/contracts';
import { allOfEach } from '../all-of-each';
import { Place } from '../pipeline/exchange';
import { commonLogTime } from '../request-context';

type Values = ReadonlyMap<string, readonly string[]>;

export interface HttpExchangeOptions {
  readonly api: HttpApi;
  readonly place: Place;
  readonly request: HttpRequest;
  /** The path below the stage, as sent. */
  readonly path: string;
  readonly requestId: string;
  readonly time: number;
  /** Who calls when the request did not come over the wire. */
  readonly principal: Principal;
}

const NOT_PARSED = Symbol('not parsed');

/** One request on its way through an HTTP API. */
export class HttpExchange {
  readonly api: HttpApi;
  readonly place: Place;
  readonly method: string;
  /** The path below the stage, as sent. */
  readonly path: string;
  /** With the stage. */
  readonly rawPath: string;
  readonly query: string;
  readonly body: string;
  readonly bytes: Buffer;
  readonly sourceIp: string;
  readonly requestId: string;
  readonly time: number;
  /** All values, by the names in lower case. */
  readonly headers: Values;
  readonly rawHeaders: ReadonlyArray<readonly [name: string, value: string]>;
  /** All values, by the names as sent. */
  readonly querystring: Values;
  /** Set once the route is known. */
  routeKey = '';
  pathVariables: PathVariables = new Map();
  /** What an authorizer or a signature tells of the caller, as `$context.authorizer` and as `$context.identity` have it. */
  authorizer: Readonly<Record<string, unknown>> = {};
  identity: Readonly<Record<string, unknown>> = {};
  /** Set once the integration has answered. */
  integration?: { readonly status: number; readonly latency: number; readonly requestId: string | undefined };
  private parsed: unknown = NOT_PARSED;

  constructor(private readonly options: HttpExchangeOptions) {
    const { request, api, place } = options;
    const { reception } = request;
    this.api = api;
    this.place = place;
    this.method = request.method;
    this.path = options.path;
    this.rawPath = request.path;
    this.query = request.query;
    this.body = request.body;
    this.bytes = reception?.bytes ?? Buffer.from(request.body);
    this.sourceIp = reception?.sourceIp ?? '127.0.0.1';
    this.requestId = options.requestId;
    this.time = options.time;
    this.rawHeaders = withEdgeHeaders(reception?.rawHeaders ?? Object.entries(request.headers), api.domainName, this.sourceIp, this.traceId());
    this.headers = allOfEach(this.rawHeaders.map(([name, value]) => [name.toLowerCase(), value]));
    this.querystring = allOfEach([...new URLSearchParams(request.query)]);
  }

  /** Whom the request acts for; throws an AwsError when its signature is no good. */
  authenticate(): Principal {
    const { request: { reception }, principal } = this.options;
    return reception ? reception.authenticate() : principal;
  }

  takenBy({ routeKey }: Pick<HttpRoute, 'routeKey'>, variables: PathVariables): void {
    this.routeKey = routeKey;
    this.pathVariables = variables;
  }

  /** A path variable's value, decoded. */
  pathVariable(name: string): string | undefined {
    const value = this.pathVariables.get(name);
    return value === undefined ? undefined : decode(value);
  }

  /** The body as JSON; undefined when it is none. */
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

  /** `$context`: what API Gateway knows of the request. */
  get context(): Record<string, unknown> {
    const { api, place, time, requestId } = this;
    const userAgent = this.headers.get('user-agent')?.at(-1);
    return {
      accountId: api.environment.account,
      apiId: api.id,
      authorizer: this.authorizer,
      domainName: api.domainName,
      domainPrefix: api.id,
      extendedRequestId: requestId,
      httpMethod: this.method,
      identity: { sourceIp: this.sourceIp, userAgent, ...this.identity },
      path: this.rawPath,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: commonLogTime(time),
      requestTimeEpoch: time,
      routeKey: this.routeKey,
      stage: place.stage,
    };
  }

  private traceId(): string {
    return `Root=1-${Math.floor(this.time / 1000).toString(16)}-${Buffer.from(this.requestId).toString('hex').slice(0, 24)}`;
  }
}

/** The client's headers, and those that API Gateway's edge adds. */
function withEdgeHeaders(sent: HttpExchange['rawHeaders'], domainName: string, sourceIp: string, traceId: string): HttpExchange['rawHeaders'] {
  const own = sent.filter(([name]) => !/^(connection|host|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|x-forwarded-(for|port|proto))$/i.test(name));
  const forwarded = sent.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  return [
    ...own,
    ['Host', domainName],
    ...(own.some(([name]) => name.toLowerCase() === 'x-amzn-trace-id') ? [] : [['X-Amzn-Trace-Id', traceId] as const]),
    ['X-Forwarded-For', [...forwarded, sourceIp].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}
