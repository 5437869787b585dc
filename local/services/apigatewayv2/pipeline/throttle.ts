import { tooManyRequests } from '../gateway-response';
import { TokenBucket } from '../token-bucket';
import { Exchange } from './exchange';

/** Refuses a request beyond the route's rate, if it has one. */
export function throttle(exchange: Exchange, bucket: TokenBucket | undefined): void {
  if (bucket?.take(exchange.time) === false) {
    throw tooManyRequests(`the throttle of the route ${exchange.routeKey} is exhausted`);
  }
}
