import { IncomingMessage, ServerResponse } from 'node:http';
import { InspectorApi } from './api';
import { refusal } from './guard';
import { pageFile, PAGE_DIRECTORY } from './page-files';
import { streamRecords } from './record-stream';
import { TraceLog } from './trace-log';

/** Where the inspector is served. No API's identifier begins like it. */
export const INSPECTOR_PATH = '/_lambdaless';

const MOST_BODY_BYTES = 2 * 1024 * 1024;

const SECURITY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

const OURS = new RegExp(`^${INSPECTOR_PATH}(?:[/?]|$)`);

export interface InspectorOptions {
  readonly log: TraceLog;
  readonly api: InspectorApi;
  /** Where the runtime listens. */
  readonly port: () => number;
  readonly pageDirectory?: string;
}

/** Serves the inspector: its page, what the page asks for, and what happens as it happens. To its own page and to programs of this machine alone. */
export class Inspector {
  constructor(private readonly options: InspectorOptions) {}

  /** Answers what is for the inspector; false when a request is not. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): boolean => {
    // What is not for the inspector need not be a URL: `//` is none.
    if (!OURS.test(request.url ?? '')) {
      return false;
    }
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    if (pathname !== INSPECTOR_PATH && !pathname.startsWith(`${INSPECTOR_PATH}/`)) {
      return false;
    }
    this.respond(request, response, pathname.slice(INSPECTOR_PATH.length), searchParams).catch(error => {
      answer(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
    return true;
  };

  private async respond(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void> {
    const refused = refusal(request, this.options.port());
    if (refused !== undefined) {
      request.resume();
      answer(response, 403, { message: refused });
    } else if (path === '') {
      response.writeHead(308, { ...SECURITY_HEADERS, Location: `${INSPECTOR_PATH}/` }).end();
    } else if (path === '/api/events' && request.method === 'GET') {
      streamRecords(request, response, this.options.log, SECURITY_HEADERS);
    } else if (path.startsWith('/api/')) {
      await this.call(request, response, path.slice('/api/'.length), query);
    } else {
      this.sendFile(request, response, path.slice(1));
    }
  }

  private async call(request: IncomingMessage, response: ServerResponse, name: string, query: URLSearchParams): Promise<void> {
    const { method = 'GET', headers } = request;
    // What changes something has a content type that no page of another origin can send unasked.
    if (method === 'POST' && !/^application\/json\b/.test(headers['content-type'] ?? '')) {
      request.resume();
      answer(response, 415, { message: 'Send JSON, with the Content-Type application/json.' });
      return;
    }
    let input: unknown;
    try {
      input = method === 'POST' ? JSON.parse(await bodyOf(request)) : Object.fromEntries(query);
    } catch (error) {
      answer(response, 400, { message: (error as Error).message });
      return;
    }
    const { status, body } = await this.options.api.call(method, name, input);
    if (typeof body === 'string') {
      response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': 'application/json' }).end(body);
    } else {
      answer(response, status, body);
    }
  }

  private sendFile({ method, headers }: IncomingMessage, response: ServerResponse, name: string): void {
    const file = method === 'GET' || method === 'HEAD' ? pageFile(this.options.pageDirectory ?? PAGE_DIRECTORY, name) : undefined;
    if (!file) {
      answer(response, 404, { message: `The inspector has no ${name}.` });
      return;
    }
    const isCompressed = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
    const bytes = isCompressed ? file.compressed : file.plain();
    response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': file.type, 'Content-Length': bytes.length, ...isCompressed ? { 'Content-Encoding': 'gzip' } : {} });
    response.end(method === 'HEAD' ? undefined : bytes);
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MOST_BODY_BYTES) {
      throw new Error(`A request to the inspector has no more than ${MOST_BODY_BYTES} bytes.`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
