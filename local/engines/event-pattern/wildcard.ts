/**
 * Wildcard patterns: `*` stands for any number of characters, `\*` and `\\` for themselves.
 */

/** Why a wildcard pattern is refused. */
export class InvalidWildcardError extends Error {}

/** A wildcard pattern, cut at its asterisks. */
export class Wildcard {
  /** The text before the first asterisk; the whole text when there is none. */
  readonly head: string;
  /** The text after the last asterisk; undefined when there is none. */
  readonly tail?: string;
  private readonly middle: string[];

  /** @param source the pattern with its escapes, as written */
  constructor(readonly source: string) {
    const pieces = splitAtAsterisks(source);
    this.head = pieces[0];
    this.tail = pieces.length > 1 ? pieces[pieces.length - 1] : undefined;
    this.middle = pieces.slice(1, -1);
  }

  /** Whether the whole text fits the pattern. */
  matches(text: string): boolean {
    if (this.tail === undefined) {
      return text === this.head;
    }
    const end = text.length - this.tail.length;
    if (!text.startsWith(this.head) || !text.endsWith(this.tail)) {
      return false;
    }
    // Taking the first occurrence of each piece leaves the most room for the others, so there is nothing to try again.
    let position = this.head.length;
    for (const piece of this.middle) {
      const found = text.indexOf(piece, position);
      if (found < 0) {
        return false;
      }
      position = found + piece.length;
    }
    return position <= end;
  }
}

function splitAtAsterisks(source: string): string[] {
  const pieces = [''];
  for (let index = 0; index < source.length; index++) {
    const char = source[index];
    if (char === '*') {
      if (source[index + 1] === '*') {
        throw new InvalidWildcardError(`Consecutive wildcard characters at pos ${bytePosition(source, index)}`);
      }
      pieces.push('');
    } else if (char === '\\') {
      const escaped = source[++index];
      if (escaped !== '*' && escaped !== '\\') {
        throw new InvalidWildcardError(`Invalid escape character at pos ${bytePosition(source, index - 1)}`);
      }
      pieces[pieces.length - 1] += escaped;
    } else {
      pieces[pieces.length - 1] += char;
    }
  }
  return pieces;
}

/** EventBridge counts bytes of UTF-8, and the quote in front of the string. */
function bytePosition(source: string, index: number): number {
  return 1 + Buffer.byteLength(source.slice(0, index));
}
