import { HttpApis } from './http-apis';
import { AwsError } from '../../../kernel/aws-error';
import { HttpRequest, HttpResponse, Protocol } from '../../../kernel/contracts';

const API_HOST = /^([a-z0-9]+)\.execute-api\./i;

/** The operation behind every request to an HTTP API. */
export const INVOKE_HTTP_API = 'InvokeHttpApi';

const INTERNAL_SERVER_ERROR = { status: 500, message: 'Internal Server Error' };

/** What API Gateway answers by itself. */
const FAILURES = [INTERNAL_SERVER_ERROR, { status: 429, message: 'Too Many Requests' }, { status: 503, message: 'Service Unavailable' }];

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
    encodeError: error => {
      const { status, message } = FAILURES.find(failure => error instanceof AwsError && error.status === failure.status) ?? INTERNAL_SERVER_ERROR;
      return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
    },
  };
}
