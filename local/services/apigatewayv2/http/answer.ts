import { HttpResponse } from '../../../kernel/contracts';
import { GatewayFailure } from '../gateway-response';

/** What came of a request, and why it failed if it did. */
export interface Answer {
  readonly response: HttpResponse;
  readonly failure?: GatewayFailure;
}
