/**
 * EventBridge bounds how many beginnings of a field's wildcard patterns one text can fit at the same time, because its
 * matcher has to follow all of them. This counts the worst case by walking through every set of beginnings that some
 * text reaches.
 */

/** A beginning of a wildcard pattern: what comes next, and where that leads. */
interface Step {
  /** The next byte of UTF-8; undefined for an asterisk and at the end. */
  readonly byte?: number;
  readonly isAsterisk: boolean;
}

const ASTERISK = 0x2a;
const BACKSLASH = 0x5c;

/** Whether some text fits more than limit beginnings of the patterns at once. */
export function exceedsWildcardComplexity(patterns: readonly string[], limit: number): boolean {
  const steps = [...new Set(patterns)].flatMap(toSteps);
  const starts = steps.flatMap((_, index) => index === 0 || isEnd(steps[index - 1]) ? [index] : []);
  const pending = [starts];
  const seen = new Set([starts.join()]);
  while (pending.length > 0) {
    const active = pending.pop()!;
    // A byte that no active beginning waits for only takes beginnings away, so it cannot lead to a worse case.
    const bytes = new Set(active.flatMap(index => steps[index].byte ?? []));
    for (const byte of bytes) {
      const next = advance(steps, active, byte);
      if (next.length > limit) {
        return true;
      }
      const key = next.join();
      if (!seen.has(key)) {
        seen.add(key);
        pending.push(next);
      }
    }
  }
  return false;
}

/** The pattern between quotes, as the matcher sees it, and an end. */
function toSteps(pattern: string): Step[] {
  const steps: Step[] = [];
  const bytes = Buffer.from(`"${pattern}"`);
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] === BACKSLASH) {
      index++;
      steps.push({ byte: bytes[index], isAsterisk: false });
    } else {
      steps.push(bytes[index] === ASTERISK ? { isAsterisk: true } : { byte: bytes[index], isAsterisk: false });
    }
  }
  steps.push({ isAsterisk: false });
  return steps;
}

function isEnd(step: Step): boolean {
  return !step.isAsterisk && step.byte === undefined;
}

/** The beginnings that fit after one more byte. */
function advance(steps: readonly Step[], active: readonly number[], byte: number): number[] {
  const next = new Set<number>();
  const add = (index: number) => {
    next.add(index);
    if (steps[index].isAsterisk) {
      next.add(index + 1);
    }
  };
  for (const index of active) {
    const step = steps[index];
    if (index > 0 && steps[index - 1].isAsterisk) {
      next.add(index);
    }
    if (step.byte === byte) {
      add(index + 1);
    }
  }
  return [...next].sort((a, b) => a - b);
}
