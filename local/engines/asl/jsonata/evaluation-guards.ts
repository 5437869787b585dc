import { BoundedRegularExpression } from './bounded-regular-expression';

const ALLOWED_MILLISECONDS = 1000;

/** A time-out that no evaluation reaches, and one that each has passed. */
const GOES_ON = Infinity;
const IS_OVER = Number.MIN_VALUE;

/**
 * What no evaluation may exceed, as JSONata's options. A recursive function without end would otherwise block the process until its memory is used up.
 *
 * The time is that of the processor. By the clock, short expressions would end like endless ones on a machine that is busy with something else; the clock only tells when the processor has to be asked.
 */
export class EvaluationGuards {
  /** The depth is AWS's. */
  readonly stack = 100;
  /** The length is AWS's. */
  readonly sequence = 873_782;
  readonly RegexEngine = BoundedRegularExpression as unknown as typeof RegExp;
  private begun = process.cpuUsage();
  private nextLook = 0;

  /** To be called before each evaluation; others must wait until it has ended. */
  begin(): void {
    this.begun = process.cpuUsage();
    this.nextLook = Date.now() + ALLOWED_MILLISECONDS;
  }

  /** JSONata asks for it before each step. */
  get timeout(): number {
    const now = Date.now();
    if (now <= this.nextLook) return GOES_ON;
    const { user, system } = process.cpuUsage(this.begun);
    const left = ALLOWED_MILLISECONDS - (user + system) / 1000;
    this.nextLook = now + left;
    return left > 0 ? GOES_ON : IS_OVER;
  }
}
