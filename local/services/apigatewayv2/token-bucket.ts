/** Counts requests against a rate, as API Gateway throttles: a bucket of `burst` tokens that refills at `rate` a second. */
export class TokenBucket {
  private tokens: number;
  private filledAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly rate: number, private readonly burst: number) {
    this.tokens = burst;
  }

  /** Takes a token if there is one. */
  take(now: number): boolean {
    if (now > this.filledAt) {
      this.tokens = Math.min(this.burst, this.tokens + Math.min(this.burst, (now - this.filledAt) / 1000 * this.rate));
      this.filledAt = now;
    }
    if (this.tokens < 1) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}
