/** How long AWS knows what was sent. */
const INTERVAL_MILLISECONDS = 5 * 60 * 1000;

interface Sent<Answer> {
  readonly until: number;
  readonly answer: Answer;
}

/** Answers to what was sent in the last five minutes, so that sending it again changes nothing. */
export class Deduplication<Answer> {
  /** In the order in which they are forgotten. */
  private readonly sent = new Map<string, Sent<Answer>>();

  find(key: string, now: number): Answer | undefined {
    this.forget(now);
    return this.sent.get(key)?.answer;
  }

  add(key: string, answer: Answer, now: number): void {
    this.sent.delete(key);
    this.sent.set(key, { until: now + INTERVAL_MILLISECONDS, answer });
  }

  private forget(now: number): void {
    for (const [key, { until }] of this.sent) {
      if (until > now) {
        return;
      }
      this.sent.delete(key);
    }
  }
}
