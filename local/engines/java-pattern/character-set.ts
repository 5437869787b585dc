/** Sets of characters, as the classes of JavaScript's expressions write them. Characters are whole code points, as they are to Java. */

/** A set of characters. */
export class CharacterSet {
  private tester: RegExp | undefined;
  private readonly known = new Map<number, boolean>();

  /** The source is that of a class with the flag `v`. */
  constructor(readonly source: string, readonly ignoreUnicodeCase = false) {}

  has(codePoint: number): boolean {
    let result = this.known.get(codePoint);
    if (result === undefined) {
      this.tester ??= new RegExp(`^${this.source}$`, this.ignoreUnicodeCase ? 'vi' : 'v');
      result = this.tester.test(String.fromCodePoint(codePoint));
      if (this.known.size < 4_096) this.known.set(codePoint, result);
    }
    return result;
  }
}

/** How a character is written inside a class. */
export function escapeCharacter(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}

/** The class of a range of characters. */
export function rangeSource(from: number, to: number): string {
  return `[${escapeCharacter(from)}-${escapeCharacter(to)}]`;
}

/** The class of what is in any of the classes. */
export function unionSource(sources: readonly string[]): string {
  return `[${sources.join('')}]`;
}

/** The class of what is in both classes. */
export function intersectionSource(left: string, right: string): string {
  return `[${left}&&${right}]`;
}

/** The class of what is not in a class. */
export function complementSource(source: string): string {
  return `[^${source}]`;
}

/** Adds to a class the other case of its ASCII letters. */
export function ignoreAsciiCase(source: string): string {
  const tester = new RegExp(`^${source}$`, 'v');
  const others = Array.from({ length: 26 }, (_, index) => [String.fromCharCode(0x41 + index), String.fromCharCode(0x61 + index)])
    .flatMap(([upper, lower]) => [tester.test(upper) ? lower : '', tester.test(lower) ? upper : ''])
    .join('');
  return others === '' ? source : `[${source}${others}]`;
}

export const ANY = '[\\s\\S]';
export const LINE_TERMINATORS = '[\\n\\r\\u0085\\u2028\\u2029]';
const HORIZONTAL_SPACE = '[ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]';
export const VERTICAL_SPACE = '[\\n\\u000b\\f\\r\\u0085\\u2028\\u2029]';
export const WORD_CHARACTER = '[\\p{L}\\p{Nd}_]';

/** The classes that a letter after a backslash names. */
export const ESCAPED_CLASSES: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  s: '[ \\t\\n\\u000b\\f\\r]',
  S: '[^ \\t\\n\\u000b\\f\\r]',
  w: '[a-zA-Z_0-9]',
  W: '[^a-zA-Z_0-9]',
  h: HORIZONTAL_SPACE,
  H: `[^${HORIZONTAL_SPACE}]`,
  v: VERTICAL_SPACE,
  V: `[^${VERTICAL_SPACE}]`,
};

const PROPERTIES: Readonly<Record<string, string>> = {
  Lower: '[a-z]',
  Upper: '[A-Z]',
  ASCII: '[\\u0000-\\u007f]',
  Alpha: '[a-zA-Z]',
  Digit: '[0-9]',
  Alnum: '[a-zA-Z0-9]',
  Punct: '[\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e]',
  Graph: '[\\u0021-\\u007e]',
  Print: '[\\u0020-\\u007e]',
  Blank: '[ \\t]',
  Cntrl: '[\\u0000-\\u001f\\u007f]',
  XDigit: '[0-9a-fA-F]',
  Space: '[ \\t\\n\\u000b\\f\\r]',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: '[\\t-\\r\\u001c-\\u0020\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]',
  javaLetter: '\\p{L}',
  javaDigit: '\\p{Nd}',
  javaLetterOrDigit: '[\\p{L}\\p{Nd}]',
  L1: '[\\u0000-\\u00ff]',
  all: ANY,
};

/** The class of a property by Java's name for it; undefined when there is none by that name here. */
export function propertySource(name: string): string | undefined {
  if (Object.hasOwn(PROPERTIES, name)) return PROPERTIES[name];
  const [, key, value] = /^(?:(?:Is|(gc|general_category|sc|script)=))?(\w+)$/i.exec(name) ?? [];
  if (value === undefined) return undefined;
  const candidates = key?.toLowerCase().startsWith('s') ? [`Script=${value}`] : [value, `Script=${value}`, capitalize(value)];
  return candidates.map((candidate) => `\\p{${candidate}}`).find(isValid);
}

function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}

function isValid(source: string): boolean {
  try {
    return new RegExp(source, 'v') instanceof RegExp;
  } catch {
    return false;
  }
}
