import { IntegrationScope } from '../../pipeline/backend';
import { HttpIntegration } from '../declaration';
import { internalServerError } from '../failures';
import { HttpExchange } from '../http-exchange';
import { DEFAULT_ROUTE } from '../route-key';
import { answerWithin, HttpBackend } from './backend';
import { OutgoingRequest, send } from './http-client';
import { compileRequestChanges, ProxyRequest } from './request-changes';

const URI = /^(https?:\/\/[^/?#]+)(\/[^?#]*)?(?:\?([^#]*))?$/;

/** Headers that API Gateway's edge adds for functions alone, and those that are between two neighbours. */
const OWN_HEADER = /^(content-length|expect|host|x-forwarded-(for|port|proto))$/i;

/** Refuses what is no address of a server; what a stage's variables fill in is known only there. */
export function checkUri(uri: string): void {
  if (!uri.includes('${stageVariables.') && !URI.test(uri)) {
    throw new Error(`"${uri}" is no HTTP endpoint`);
  }
}

/** An HTTP server that gets the client's request, but for what parameters change. */
export function httpProxyBackend(integration: HttpIntegration, scope: IntegrationScope): HttpBackend {
  const { context, place, environment } = scope;
  const changes = compileRequestChanges(integration.requestParameters);
  const uri = integration.uri.replace(/\$\{stageVariables\.([\w.-]+)\}/g, (_, name: string) => Object.hasOwn(place.stageVariables, name) ? place.stageVariables[name] : '');
  const [, origin, path = '/', fixedQuery = ''] = URI.exec(uri) ?? [];
  if (origin === undefined) {
    throw new Error(`"${uri}" is no HTTP endpoint`);
  }

  const requestOf = (exchange: HttpExchange, signal: AbortSignal): OutgoingRequest => {
    const request: ProxyRequest = {
      path: pathOf(path, exchange),
      query: [...new URLSearchParams(fixedQuery), ...new URLSearchParams(exchange.query)],
      headers: exchange.rawHeaders.filter(([name]) => !OWN_HEADER.test(name)),
    };
    changes.forEach(change => change(request, exchange));
    const target = new URL(fill(origin, exchange));
    const isOwn = target.hostname === `${place.apiId}.execute-api.${environment.region}.${environment.urlSuffix}`;
    const query = new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value])).toString();
    return {
      origin: isOwn ? new URL(context.endpoint()) : target,
      method: integration.method === 'ANY' ? exchange.method : integration.method,
      target: query === '' ? request.path : `${request.path}?${query}`,
      headers: [
        'host', target.host,
        ...request.headers.flat(),
        'content-length', String(exchange.bytes.length),
        'forwarded', `for=${exchange.sourceIp};host=${place.domainName};proto=https`,
        'via', 'HTTP/1.1 AmazonAPIGateway',
      ],
      body: exchange.bytes,
      signal,
    };
  };

  return async exchange => {
    const controller = new AbortController();
    return answerWithin(scope, integration.timeoutMilliseconds, send(requestOf(exchange, controller.signal), context.faults), () => controller.abort());
  };
}

/** The `$default` route hands on the whole path; another only the variables that the URI asks for. */
function pathOf(path: string, exchange: HttpExchange): string {
  return exchange.routeKey === DEFAULT_ROUTE ? `${path.replace(/\/$/, '')}${exchange.path}` : fill(path, exchange);
}

/** Variables go into a path as the client encoded them, and so lead nowhere else. */
function fill(text: string, { pathVariables }: HttpExchange): string {
  return text.replace(/\{([\w.-]+)\+?\}/g, (_, name: string) => {
    const value = pathVariables.get(name);
    if (value === undefined) {
      throw internalServerError(`the route has no path variable ${name}`);
    }
    return value;
  });
}
