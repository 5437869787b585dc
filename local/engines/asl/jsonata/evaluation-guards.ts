import { BoundedRegularExpression } from './bounded-regular-expression';

const ALLOWED_STEPS = 1_000_000;
const ALLOWED_MILLISECONDS = 10_000;

/** A time-out that no evaluation reaches, and one that each has passed. */
const GOES_ON = Infinity;
const IS_OVER = Number.MIN_VALUE;

/**
 * What no evaluation may exceed, as JSONata's options. A recursive function without end would otherwise block the process until its memory is used up.
 *
 * Steps are counted, about a second's worth of them, so that an expression ends alike on every machine. Only steps that are long themselves come to the limit of the time,
 * which is that of the processor, with what others and the collection of garbage take of it: the clock tells when it has to be asked.
 */
export class EvaluationGuards {
  /** The depth is AWS's. */
  readonly stack = 100;
  /** The length is AWS's. */
  readonly sequence = 873_782;
  readonly RegexEngine = BoundedRegularExpression as unknown as typeof RegExp;
  private looksLeft = 0;
  private begun = process.cpuUsage();
  private nextLook = 0;

  /** To be called before each evaluation; others must wait until it has ended. */
  begin(): void {
    // JSONata looks twice in each step.
    this.looksLeft = 2 * ALLOWED_STEPS;
    this.begun = process.cpuUsage();
    this.nextLook = Date.now() + ALLOWED_MILLISECONDS;
  }

  /** JSONata asks for it before each step. */
  get timeout(): number {
    if (this.looksLeft-- <= 0) return IS_OVER;
    const now = Date.now();
    if (now <= this.nextLook) return GOES_ON;
    const { user, system } = process.cpuUsage(this.begun);
    const left = ALLOWED_MILLISECONDS - (user + system) / 1000;
    this.nextLook = now + left;
    return left > 0 ? GOES_ON : IS_OVER;
  }
}
