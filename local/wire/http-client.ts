/**
 * Requests to servers outside of the runtime: of integrations, API destinations and workflows.
 */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { FaultInjection } from '../kernel/contracts';

/** A request to a server. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Not sent with GET and HEAD. */
  readonly body: string | Buffer;
  readonly maximumAnswerBytes: number;
  readonly signal: AbortSignal;
}

/** What a server answered; a header that came more than once is joined by commas. */
export interface IncomingAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Sends a request past the faults of the run, and gives its answer; rejects when there is none, when it is too large, or when the signal aborts it. */
export function sendRequest(request: OutgoingRequest, faults: FaultInjection): Promise<IncomingAnswer> {
  return faults.active ? faults.request(request.url, () => send(request)) : send(request);
}

/** Sends a request, and gives its answer. */
export function send({ url, method, headers, body, maximumAnswerBytes, signal }: OutgoingRequest): Promise<IncomingAnswer> {
  return new Promise((resolve, reject) => {
    // Throws for a header that cannot be sent, such as one with a line break from a message.
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { method, headers, signal }, message => {
      const chunks: Buffer[] = [];
      let size = 0;
      message.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maximumAnswerBytes) {
          message.destroy(new Error(`its answer is larger than ${maximumAnswerBytes} bytes`));
        }
      });
      message.on('error', reject);
      message.on('end', () => resolve({
        status: message.statusCode!, statusText: message.statusMessage ?? '', headers: joined(message.headers), body: Buffer.concat(chunks).toString(),
      }));
    });
    request.on('error', reject);
    request.end(method === 'GET' || method === 'HEAD' ? undefined : body);
  });
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
}
