/** Counts requests against a rate, as API Gateway throttles: a bucket of `burst` tokens that refills at `rate` a second. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number | undefined;

  constructor(private readonly rate: number, private readonly burst: number) {
    this.tokens = burst;
  }

  /** Takes a token if there is one. */
  take(now: number): boolean {
    const elapsed = now - (this.filledAt ?? now);
    if (elapsed > 0) {
      this.tokens = Math.min(this.burst, this.tokens + elapsed / 1000 * this.rate);
    }
    this.filledAt = Math.max(now, this.filledAt ?? now);
    if (this.tokens < 1) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}
