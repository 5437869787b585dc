import { IncomingMessage, ServerResponse, STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';
import { Duplex } from 'node:stream';
import { HttpResponse } from '../kernel/contracts';

/** The headers by their names in lower case; of several of one name, all, joined as HTTP allows. */
export function joinedHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) {
      headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
  }
  return headers;
}

/** The headers as the client spelled them, one entry for each line. */
export function headerLines(message: IncomingMessage): Array<readonly [string, string]> {
  const lines: Array<readonly [string, string]> = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    lines.push([message.rawHeaders[index], message.rawHeaders[index + 1]]);
  }
  return lines;
}

/** Where a request comes from. */
export function sourceIpOf(message: IncomingMessage): string {
  return message.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
}

/** Splits what stands in the request line into path and query. */
export function splitUrl(url: string | undefined): { path: string; query: string } {
  const text = url === undefined || url === '' ? '/' : url;
  const mark = text.indexOf('?');
  return mark < 0 ? { path: text, query: '' } : { path: text.slice(0, mark), query: text.slice(mark + 1) };
}

/** Answers a request. */
export function writeResponse(response: ServerResponse, { status, headers, body, bytes, cookies = [] }: HttpResponse): void {
  if (response.destroyed || response.headersSent) {
    return;
  }
  const setCookie = cookies.filter(value => Object.keys(sendableHeaders({ 'set-cookie': value })).length > 0);
  response.writeHead(status, { ...sendableHeaders(headers), ...(setCookie.length === 0 ? {} : { 'set-cookie': setCookie }) });
  response.end(bytes ?? body);
}

/** Answers an upgrade request with a plain response, and ends the connection. */
export function refuseUpgrade(socket: Duplex, { status, headers, body }: HttpResponse): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = Object.entries({ ...sendableHeaders(headers), 'Connection': 'close', 'Content-Length': String(Buffer.byteLength(body)) });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  // Without the answer's end the client's own bytes would keep the socket open.
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Leaves out what cannot stand in a response, such as a value with a line break in it. */
export function sendableHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name, value]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return true;
    } catch {
      return false;
    }
  }));
}

/** A JSON answer of the listener itself. */
export function jsonResponse(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
