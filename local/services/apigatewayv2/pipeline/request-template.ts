import { internalServerError } from '../gateway-response';
import { MappingTemplates } from '../mapping-template';
import { PassthroughBehavior } from '../store';
import { Exchange } from './exchange';

/** The body of the request to a backend: what the selected template makes of the message, or the message itself. */
export function requestBody(exchange: Exchange, templates: MappingTemplates, passthroughBehavior: PassthroughBehavior): string {
  const rendered = templates.render(exchange, exchange.body, 'Request template');
  if (rendered !== undefined) {
    return rendered;
  }
  if (passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && !templates.isEmpty)) {
    throw internalServerError(`no request template is selected, and the passthrough behavior is ${passthroughBehavior}`);
  }
  return exchange.body;
}
