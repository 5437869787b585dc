import { tooManyRequests } from '../gateway-response';
import { TokenBucket } from '../token-bucket';
import { Exchange } from './exchange';

/** Refuses a request beyond the route's rate. */
export function throttle(exchange: Exchange, bucket: TokenBucket): void {
  if (!bucket.take(exchange.time)) {
    throw tooManyRequests(`the throttle of the route ${exchange.routeKey} is exhausted`);
  }
}
