import { HttpResponse } from '../../../../kernel/contracts';
import { GatewayFailure } from '../../gateway-response';
import { IntegrationScope, within } from '../../pipeline/backend';
import { internalServerError, serviceUnavailable, textOf } from '../failures';
import { HttpExchange } from '../http-exchange';

/** What answers the requests of a route. */
export type HttpBackend = (exchange: HttpExchange) => Promise<HttpResponse>;

/** Waits for an answer no longer than the integration's timeout; what else goes wrong is the API's own failure. */
export async function answerWithin<Answer>({ context }: IntegrationScope, milliseconds: number, answer: Promise<Answer>, giveUp?: () => void): Promise<Answer> {
  try {
    return await within(context.clock, milliseconds, answer, giveUp);
  } catch (error) {
    if (error instanceof GatewayFailure) {
      throw error.status === 504 ? serviceUnavailable(error.reason) : error;
    }
    throw internalServerError(textOf(error));
  }
}
