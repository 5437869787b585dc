import { FaultInjection, HttpResponse } from '../../../kernel/contracts';
import { OutgoingRequest, sendRequest } from '../../../wire/http-client';
import { internalServerError } from '../gateway-response';
import { Integration } from '../store';
import { Backend, fillPath, IntegrationScope, within } from './backend';
import { Exchange } from './exchange';

/** API Gateway's limit for the answer of a backend. */
const MAXIMUM_ANSWER_BYTES = 10 * 1024 * 1024;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const API_HOST = /^([a-z0-9]+)\.execute-api\./;

/** What a proxied `$connect` does not carry over to its backend. */
const HANDSHAKE_HEADER = /^(host|content-length|sec-websocket-.*)$/i;

/** An HTTP server. The request is never signed, not even to an API of one's own. */
export function httpBackend(integration: Integration, scope: IntegrationScope): Backend {
  const { context, place } = scope;
  return ({ parameters, body }, exchange) => {
    const { url, host } = targetOf(fillPath(integration.uri, parameters.path), scope);
    const query = integration.type === 'HTTP_PROXY' ? [...Object.entries(exchange.parameters.querystring), ...parameters.query] : parameters.query;
    query.forEach(([name, value]) => url.searchParams.append(name, value));
    const headers = {
      ...proxiedHeaders(integration, exchange),
      'content-type': 'application/json',
      'user-agent': `AmazonAPIGateway_${place.apiId}`,
      'x-amzn-apigateway-api-id': place.apiId,
      ...(host === undefined ? {} : { host }),
      ...parameters.headers,
    };
    exchange.stages?.add('Request to the backend', { method: integration.method, url: url.href, headers, body });
    const controller = new AbortController();
    const answer = send({
      url,
      method: integration.method,
      headers,
      body: integration.isBodyBase64 ? decoded(body) : body,
      maximumAnswerBytes: MAXIMUM_ANSWER_BYTES,
      signal: controller.signal,
    }, context.faults);
    return within(context.clock, integration.timeoutMilliseconds, answer, () => controller.abort());
  };
}

/** Where a request goes: an API of this runtime is here, whatever its address says. */
function targetOf(address: string, { context, place, environment }: IntegrationScope): { url: URL; host?: string } {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw internalServerError(`the integration's URI ${address} is no URL`);
  }
  const isOwn = API_HOST.exec(url.hostname)?.[1] === place.apiId && url.hostname.endsWith(`.${environment.region}.${environment.urlSuffix}`);
  return isOwn ? { url: new URL(url.pathname + url.search, context.endpoint()), host: url.hostname } : { url };
}

function proxiedHeaders(integration: Integration, exchange: Exchange): Record<string, string> {
  if (integration.type !== 'HTTP_PROXY') {
    return {};
  }
  const headers = Object.entries(exchange.parameters.header).filter(([name]) => !HANDSHAKE_HEADER.test(name));
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

function decoded(body: string): Buffer {
  if (!BASE64.test(body)) {
    throw internalServerError('Execution failed due to configuration error: Unable to base64 decode the body.');
  }
  return Buffer.from(body, 'base64');
}

async function send(request: OutgoingRequest, faults: FaultInjection): Promise<HttpResponse> {
  try {
    return await sendRequest(request, faults);
  } catch (error) {
    throw internalServerError(`Execution failed due to configuration error: ${request.url.host} did not answer: ${(error as Error).message}`);
  }
}
