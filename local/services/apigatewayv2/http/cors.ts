import { CorsConfiguration } from './declaration';
import { HttpExchange } from './http-exchange';

type Headers = Readonly<Record<string, string>>;

/** Whether a browser asks what it may do. */
export function isPreflight({ method, headers }: HttpExchange): boolean {
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method');
}

/** What a browser that asks is told: nothing when its page may not call. */
export function preflightHeaders(cors: CorsConfiguration, exchange: HttpExchange): Headers {
  const origin = originHeaders(cors, exchange);
  return Object.keys(origin).length === 0 ? {} : {
    ...origin,
    ...list('access-control-allow-methods', cors.allowMethods),
    ...list('access-control-allow-headers', cors.allowHeaders),
    ...(cors.maxAge === undefined ? {} : { 'access-control-max-age': String(cors.maxAge) }),
  };
}

/** An answer's headers, with those of the configuration in place of the integration's own. */
export function withCors(cors: CorsConfiguration | undefined, exchange: HttpExchange, headers: Headers): Headers {
  if (!cors) {
    return headers;
  }
  const others = Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
  const origin = originHeaders(cors, exchange);
  const exposed = Object.keys(origin).length === 0 ? {} : list('access-control-expose-headers', cors.exposeHeaders);
  return { ...Object.fromEntries(others), ...origin, ...exposed };
}

function originHeaders({ allowOrigins, allowCredentials }: CorsConfiguration, exchange: HttpExchange): Headers {
  const origin = exchange.headers.get('origin')?.at(-1);
  const allowed = origin === undefined ? undefined : allowOrigins.find(each => matches(each, origin));
  if (allowed === undefined) {
    return {};
  }
  return { 'access-control-allow-origin': allowed === '*' ? '*' : origin!, ...(allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}) };
}

/** Besides an origin and `*` there are `https://*` and `http://*`. */
function matches(allowed: string, origin: string): boolean {
  return allowed === '*' || allowed.toLowerCase() === origin.toLowerCase() || /^https?:\/\/\*$/.test(allowed) && origin.startsWith(allowed.slice(0, -1));
}

function list(name: string, values: readonly string[]): Headers {
  return values.length === 0 ? {} : { [name]: values.join(',') };
}
