import { Exchange } from './exchange';
import { CompiledIntegrationResponse } from './integration-response';
import { HttpResponse } from '../../../kernel/contracts';

/** What the selected template makes of a backend's answer; the answer as it came when there is no template. It need not be JSON: nobody looks. */
export function responseBody(exchange: Exchange, { templates }: CompiledIntegrationResponse, response: HttpResponse): { text: string; isTemplate: boolean } {
  const rendered = templates.render(exchange, response.body, 'Response template', response);
  return rendered === undefined ? { text: response.body, isTemplate: false } : { text: rendered, isTemplate: true };
}

/**
 * The status that a handshake is answered with. A template may set one by making an object with a `statusCode`, whatever the backend said; otherwise it
 * is the backend's.
 */
export function handshakeStatus(text: string, isTemplate: boolean, response: HttpResponse): number {
  if (!isTemplate) {
    return response.status;
  }
  try {
    const json: unknown = JSON.parse(text);
    const status = typeof json === 'object' && json !== null && Object.hasOwn(json, 'statusCode') ? Number((json as { statusCode: unknown }).statusCode) : Number.NaN;
    return Number.isInteger(status) && status >= 200 && status <= 599 ? status : response.status;
  } catch {
    return response.status;
  }
}
