/** What AWS answers in front of its services: to browsers, and to requests that name no operation. */
import { AwsJsonProtocol } from './aws-json';
import { crc32 } from './crc32';
import { longRequestId } from './request-id';
import { AwsError } from '../kernel/aws-error';
import { HttpRequest, HttpResponse } from '../kernel/contracts';

/** For how long a browser may keep what it was told, in seconds. */
const MAXIMUM_AGE = '172800';

const UNKNOWN = '<UnknownOperationException/>\n';

/** The answer of a service, as the request wants it: in its content type, and for a browser. */
export function answerAsAsked({ headers }: HttpRequest, answer: HttpResponse): HttpResponse {
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'content-type': mediaTypeOf(headers) === 'application/x-amz-json-1.0' ? 'application/x-amz-json-1.0' : 'application/json',
      'content-length': String(Buffer.byteLength(answer.body)),
      ...headers.origin === undefined ? {} : { 'access-control-allow-origin': '*' },
    },
  };
}

/** The answer to a browser that asks whether it may call. */
export function preflight({ headers }: HttpRequest, requestId: string): HttpResponse {
  return {
    status: 200,
    headers: {
      'x-amzn-requestid': longRequestId(requestId),
      'access-control-allow-origin': '*',
      ...headers['access-control-request-headers'] === undefined ? {} : { 'access-control-allow-headers': headers['access-control-request-headers'] },
      ...headers['access-control-request-method'] === undefined ? {} : { 'access-control-allow-methods': headers['access-control-request-method'] },
      'access-control-max-age': MAXIMUM_AGE,
      'content-length': '0',
    },
    body: '',
  };
}

/** The answer to a request that names no operation; a service that speaks JSON gives it where the request may be for one. */
export function refuseUnnamed(request: HttpRequest, protocol: AwsJsonProtocol, requestId: string): HttpResponse {
  const { method, headers, body } = request;
  const type = mediaTypeOf(headers);
  if (method !== 'POST' || (body === '' ? type !== undefined && !isJson(type) : !isJson(type))) {
    return { status: 404, headers: { 'x-amzn-requestid': longRequestId(requestId), 'x-amz-crc32': String(crc32(UNKNOWN)), 'content-length': String(UNKNOWN.length) }, body: UNKNOWN };
  }
  const answer = protocol.encodeError(new AwsError(body === '' || isObjectText(body) ? 'UnknownOperationException' : 'SerializationException', ''), requestId);
  return answerAsAsked(request, answer);
}

function mediaTypeOf(headers: HttpRequest['headers']): string | undefined {
  return headers['content-type']?.split(';', 1)[0].trim();
}

function isJson(type: string | undefined): boolean {
  return type === 'application/json' || type === 'application/x-amz-json-1.0';
}

function isObjectText(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
