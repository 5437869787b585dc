/** Remembers transactions by their client's token, so that a repeated request does nothing. */
import { createHash } from 'node:crypto';
import { AwsError } from '../../../kernel/aws-error';
import { Clock } from '../../../kernel/contracts';

const REMEMBERED = 10 * 60 * 1000;
/** SDKs make up a token for every transaction, hence the memory has a bound. */
const MOST_REMEMBERED = 100_000;

const MISMATCH = 'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.';

interface Remembered {
  readonly until: number;
  readonly digest: string;
  readonly answer: object;
}

export class IdempotencyTokens {
  private readonly byToken = new Map<string, Remembered>();

  /** A request is done once `settled` resolves. */
  constructor(private readonly clock: Clock, private readonly settled: () => Promise<void> | undefined) {}

  /** Runs a request once; a failure is not remembered, early or late. */
  once(token: string, request: unknown, run: () => object): object {
    this.forget();
    const digest = createHash('sha256').update(JSON.stringify(request)).digest('base64');
    const earlier = this.byToken.get(token);
    if (earlier && earlier.digest !== digest) {
      throw new AwsError('IdempotentParameterMismatchException', MISMATCH);
    }
    if (earlier) {
      return earlier.answer;
    }
    const answer = run();
    this.byToken.set(token, { until: this.clock.now() + REMEMBERED, digest, answer });
    this.settled()?.catch(() => this.byToken.delete(token));
    return answer;
  }

  /** Tokens are in the order of their time. */
  private forget(): void {
    const now = this.clock.now();
    for (const [token, { until }] of this.byToken) {
      if (until > now && this.byToken.size < MOST_REMEMBERED) {
        return;
      }
      this.byToken.delete(token);
    }
  }
}
