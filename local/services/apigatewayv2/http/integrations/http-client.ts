import { IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ConnectionLostError } from '../../../../kernel/connection-lost-error';
import { FaultInjection, HttpResponse } from '../../../../kernel/contracts';
import { GatewayFailure } from '../../gateway-response';
import { internalServerError, serviceUnavailable, textOf } from '../failures';

/** API Gateway's limit for the answer of a backend. */
const MAXIMUM_ANSWER_BYTES = 10 * 1024 * 1024;

export interface OutgoingRequest {
  readonly origin: URL;
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly target: string;
  /** Names and values in turn: a name may come more than once. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

/** Sends a request to a server of somebody else's, past the faults of the run. */
export async function send(request: OutgoingRequest, faults: FaultInjection): Promise<HttpResponse> {
  try {
    return faults.active ? await faults.request(request.origin, () => transmit(request)) : await transmit(request);
  } catch (error) {
    throw error instanceof ConnectionLostError ? unreachable(request.origin, error) : error;
  }
}

function unreachable({ host }: URL, error: Error): GatewayFailure {
  return serviceUnavailable(`${host} did not answer: ${error.message}`);
}

function transmit({ origin, method, target, headers, body, signal }: OutgoingRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    try {
      const options = { host: origin.hostname.replace(/^\[|\]$/g, ''), port: origin.port, path: target, method, headers: headers as string[], signal };
      const request = (origin.protocol === 'https:' ? requestHttps : requestHttp)(options, message => receive(message, resolve, reject));
      request.on('error', error => reject(unreachable(origin, error)));
      request.end(body);
    } catch (error) {
      // A path or a header that cannot be sent, such as one with a line break from a body.
      reject(internalServerError(textOf(error)));
    }
  });
}

function receive(message: IncomingMessage, resolve: (response: HttpResponse) => void, reject: (error: Error) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  message.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAXIMUM_ANSWER_BYTES) {
      message.destroy(new Error(`its answer is larger than ${MAXIMUM_ANSWER_BYTES} bytes`));
    }
  });
  message.on('error', error => reject(internalServerError(`the integration's answer cannot be read: ${error.message}`)));
  message.on('end', () => {
    const { 'set-cookie': cookies, ...headers } = message.headers;
    const bytes = Buffer.concat(chunks);
    const joined = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value ?? '']);
    resolve({ status: message.statusCode!, headers: Object.fromEntries(joined), body: bytes.toString(), bytes, cookies });
  });
}
