import { BoundedRegularExpression } from './bounded-regular-expression';

const ALLOWED_STEPS = 1_000_000;
const ALLOWED_MILLISECONDS = 5_000;

/** A time-out that no evaluation reaches, and one that each has passed. */
const GOES_ON = Infinity;
const IS_OVER = Number.MIN_VALUE;

/**
 * What no evaluation may exceed, as JSONata's options. A recursive function without end would otherwise block the process until its memory is used up.
 *
 * Steps are counted, about a second's worth of them, so that an expression ends alike on every machine. Only steps that are long themselves come to the limit of the time:
 * seconds of the clock first, which cost nothing to look at, then as many of the processor, which others and the collection of garbage take nothing of.
 */
export class EvaluationGuards {
  /** The depth is AWS's. */
  readonly stack = 100;
  /** The length is AWS's. */
  readonly sequence = 873_782;
  readonly RegexEngine = BoundedRegularExpression as unknown as typeof RegExp;
  private looksLeft = 0;
  private nextLook = 0;
  private processorAtFirstLook?: NodeJS.CpuUsage;

  /** To be called before each evaluation; others must wait until it has ended. */
  begin(): void {
    // JSONata looks twice in each step.
    this.looksLeft = 2 * ALLOWED_STEPS;
    this.nextLook = Date.now() + ALLOWED_MILLISECONDS;
    this.processorAtFirstLook = undefined;
  }

  /** JSONata asks for it before each step. */
  get timeout(): number {
    if (this.looksLeft-- <= 0) return IS_OVER;
    const now = Date.now();
    if (now <= this.nextLook) return GOES_ON;
    this.processorAtFirstLook ??= process.cpuUsage();
    const { user, system } = process.cpuUsage(this.processorAtFirstLook);
    const left = ALLOWED_MILLISECONDS - (user + system) / 1000;
    this.nextLook = now + left;
    return left > 0 ? GOES_ON : IS_OVER;
  }
}
