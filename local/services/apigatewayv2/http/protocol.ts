import { HttpApis } from './http-apis';
import { HttpRequest, HttpResponse, Protocol } from '../../../kernel/contracts';

const API_HOST = /^([a-z0-9]+)\.execute-api\./i;

/** The operation behind every request to an HTTP API. */
export const INVOKE_HTTP_API = 'InvokeHttpApi';

/** The API that a request's host names. */
export function apiIdOf({ headers }: Pick<HttpRequest, 'headers'>): string | undefined {
  return API_HOST.exec(headers.host ?? '')?.[1].toLowerCase();
}

/** How HTTP APIs speak HTTP: as whoever made them wants. */
export function httpApiProtocol(apis: HttpApis): Protocol {
  return {
    kind: 'api',
    accepts: request => apis.serves(apiIdOf(request) ?? ''),
    decode: request => ({ operation: INVOKE_HTTP_API, input: request }),
    encode: (_operation, output) => output as HttpResponse,
    encodeError: () => ({ status: 500, headers: { 'content-type': 'application/json' }, body: '{"message":"Internal Server Error"}' }),
  };
}
