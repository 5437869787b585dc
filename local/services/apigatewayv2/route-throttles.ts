import { TokenBucket } from './token-bucket';

/** How many requests a route takes. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** What a stage declares of throttles. */
export interface ThrottleSettings {
  readonly defaultThrottle: Partial<Throttle>;
  readonly routeThrottles: ReadonlyMap<string, Partial<Throttle>>;
}

/** The account's limits, which stand in for what a throttle leaves out. Where a stage declares none, none is emulated: the account is shared with others. */
const ACCOUNT_THROTTLE: Throttle = { rate: 10_000, burst: 5_000 };

/** The buckets of a stage's routes: each stays when its route is compiled anew. */
export class RouteThrottles {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly settings: ThrottleSettings) {}

  /** The bucket of a route; undefined when nothing holds it back. */
  bucket(key: string): TokenBucket | undefined {
    const declared = { ...this.settings.defaultThrottle, ...this.settings.routeThrottles.get(key) };
    let bucket = this.buckets.get(key);
    if (!bucket && Object.keys(declared).length > 0) {
      const { rate, burst } = { ...ACCOUNT_THROTTLE, ...declared };
      bucket = new TokenBucket(rate, burst);
      this.buckets.set(key, bucket);
    }
    return bucket;
  }
}
