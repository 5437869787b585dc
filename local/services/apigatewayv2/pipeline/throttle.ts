import { GatewayFailure } from '../gateway-response';
import { TokenBucket } from '../token-bucket';
import { Exchange } from './exchange';

/** Refuses a request beyond the route's rate. */
export function throttle(exchange: Exchange, bucket: TokenBucket): void {
  if (!bucket.take(exchange.time)) {
    throw new GatewayFailure(429, 'Too Many Requests', `the throttle of the route ${exchange.routeKey} is exhausted`);
  }
}
