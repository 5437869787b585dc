/**
 * EventBridge bounds how many beginnings of a field's wildcard patterns one text can fit at the same time, because its
 * matcher has to follow all of them. This counts the worst case by walking through every set of beginnings that some
 * text reaches.
 */

/** A beginning that a text can fit so far. */
interface Beginning {
  /** Longer beginnings, by the byte of UTF-8 that leads to them. */
  readonly longer: Map<number, Beginning[]>;
  /** The beginning that has the following asterisk, too. */
  withAsterisk?: Beginning;
  readonly endsInAsterisk: boolean;
  readonly id: number;
}

const QUOTE = 0x22;
const ASTERISK = 0x2a;
const BACKSLASH = 0x5c;

/**
 * Whether some text fits more than limit beginnings at once.
 * @param tests the patterns of each test; beginnings up to the first asterisk count once in a test, however many of its patterns have them
 */
export function exceedsWildcardComplexity(tests: readonly (readonly string[])[], limit: number): boolean {
  const starts = new BeginningsBuilder().build(tests);
  const pending = [starts];
  const seen = new Set<string>();
  while (pending.length > 0) {
    const active = pending.pop()!;
    // A byte that no active beginning waits for only takes beginnings away, so it cannot lead to a worse case.
    const bytes = new Set(active.flatMap(beginning => [...beginning.longer.keys()]));
    for (const byte of bytes) {
      const next = advance(active, byte);
      if (next.length > limit) {
        return true;
      }
      const key = next.map(beginning => beginning.id).join();
      if (!seen.has(key)) {
        seen.add(key);
        pending.push(next);
      }
    }
  }
  return false;
}

/** The beginnings that fit after one more byte. */
function advance(active: readonly Beginning[], byte: number): Beginning[] {
  const next = new Set<Beginning>();
  for (const beginning of active) {
    if (beginning.endsInAsterisk) {
      next.add(beginning);
    }
    for (const longer of beginning.longer.get(byte) ?? []) {
      next.add(longer);
      if (longer.withAsterisk !== undefined) {
        next.add(longer.withAsterisk);
      }
    }
  }
  return [...next].sort((a, b) => a.id - b.id);
}

class BeginningsBuilder {
  private count = 0;

  /** The empty beginnings of all tests. */
  build(tests: readonly (readonly string[])[]): Beginning[] {
    return tests.map(patterns => {
      const start = this.create(false);
      const end = this.create(false);
      for (const pattern of new Set(patterns)) {
        this.addPattern(pattern, start, end);
      }
      return start;
    });
  }

  private create(endsInAsterisk: boolean): Beginning {
    return { longer: new Map(), endsInAsterisk, id: this.count++ };
  }

  /** Adds a pattern between quotes, as EventBridge's matcher sees it. */
  private addPattern(pattern: string, start: Beginning, end: Beginning): void {
    let beginning = this.extend(start, QUOTE, true);
    let isShared = true;
    const bytes = Buffer.from(pattern);
    for (let index = 0; index < bytes.length; index++) {
      if (bytes[index] === ASTERISK) {
        beginning = beginning.withAsterisk ??= this.create(true);
        isShared = false;
      } else {
        if (bytes[index] === BACKSLASH) {
          index++;
        }
        beginning = this.extend(beginning, bytes[index], isShared);
      }
    }
    this.link(beginning, QUOTE, end);
  }

  private extend(beginning: Beginning, byte: number, isShared: boolean): Beginning {
    const known = isShared ? beginning.longer.get(byte)?.[0] : undefined;
    return known ?? this.link(beginning, byte, this.create(false));
  }

  private link(beginning: Beginning, byte: number, longer: Beginning): Beginning {
    const others = beginning.longer.get(byte) ?? [];
    if (!others.includes(longer)) {
      beginning.longer.set(byte, [...others, longer]);
    }
    return longer;
  }
}
