import { Clock, Environment, HttpResponse, ServiceContext } from '../../../kernel/contracts';
import { GatewayFailure } from '../gateway-response';
import { Exchange, Place } from './exchange';
import { IntegrationRequest } from './integration-request';

/** What answers an integration's requests: an AWS service, an HTTP server, or API Gateway itself. Without a promise where none is needed. */
export type Backend = (request: IntegrationRequest, exchange: Exchange) => HttpResponse | Promise<HttpResponse>;

/** What a backend is compiled for. */
export interface IntegrationScope {
  readonly place: Place;
  readonly environment: Environment;
  readonly context: ServiceContext;
}

/** Waits for a backend no longer than the integration's timeout. */
export function within<Answer>(clock: Clock, milliseconds: number, answer: Promise<Answer>, giveUp?: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(milliseconds, () => {
      giveUp?.();
      reject(new GatewayFailure(504, 'Internal server error', `Execution failed due to a timeout error: the integration did not answer within ${milliseconds} ms`));
    });
    answer.then(
      value => {
        cancel();
        resolve(value);
      },
      error => {
        cancel();
        reject(error);
      },
    );
  });
}

/** Values go into a path as they are: API Gateway does not encode them. */
export function fillPath(path: string, values: ReadonlyMap<string, string>): string {
  return values.size === 0 ? path : path.replace(/\{([^{}]+)\}/g, (variable, name: string) => values.get(name) ?? variable);
}
