import { IncomingMessage, ServerResponse } from 'node:http';
import { Meter } from './meter';
import { refusal } from '../inspector/guard';

/** Where a running runtime tells what its counters say. */
export const COST_PATH = '/_lambdaless/api/cost';

type Page = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Answers whoever asks for the counters, from this machine; everything else is for the other pages. */
export function costPage(meter: Meter, others: Page = () => false): Page {
  return (request, response) => {
    if (request.method !== 'GET' || request.url !== COST_PATH) {
      return others(request, response);
    }
    const refused = refusal(request, request.socket.localPort ?? 0);
    response.writeHead(refused === undefined ? 200 : 403, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    response.end(JSON.stringify(refused === undefined ? meter.read() : { message: refused }));
    return true;
  };
}
