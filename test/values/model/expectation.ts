import { ExactJson, NUMBER, NumberText, parseExactJsonAt } from './exact-json';

/** What stands in a text: a text, the JSON of something, the Base64 of a text, or something that nobody vouches for. */
export type Part = string | { readonly json: Expected } | { readonly base64: readonly Part[] } | typeof ANYTHING;

/** Whatever Java prints. */
export const ANYTHING = Symbol('anything');

/** A string that is put together. */
export class Text {
  constructor(readonly parts: readonly Part[]) {}
}

/** JSON that has to come out. */
export type Expected = null | boolean | NumberText | Text | Expected[] | Map<string, Expected>;

/**
 * What API Gateway's reader of JSON makes of a number: integers are kept, however long; a number with a fraction or an exponent is kept when it is written with
 * more than 18 characters, and otherwise is the nearest double, or null when that is infinite.
 */
export function isInfinite(text: string): boolean {
  return isDouble(text) && !Number.isFinite(Number(text));
}

function isDouble(text: string): boolean {
  return /[.eE]/.test(text) && text.length <= 18;
}

/** Whether a number is the one that was sent, by the rule above. */
function sameNumber(sent: string, actual: string): boolean {
  return isDouble(sent) ? Number(sent) === Number(actual) : decimal(sent) === decimal(actual);
}

function decimal(text: string): string {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text)!;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return significant === '' ? '0' : `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** Where texts become bytes, half of a character becomes a question mark. */
const asBytes = (text: string): string => text.replace(/\p{Surrogate}/gu, '?');
const asIs = (text: string): string => text;

/** Whether JSON is what is expected, and nothing more. */
export function matches(expected: Expected, actual: ExactJson, read = asIs): boolean {
  if (expected instanceof Text) {
    return typeof actual === 'string' && matchesText(expected.parts, actual, read);
  }
  if (expected instanceof NumberText) {
    return actual instanceof NumberText && sameNumber(expected.text, actual.text);
  }
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && expected.length === actual.length && expected.every((element, index) => matches(element, actual[index], read));
  }
  if (expected instanceof Map) {
    return actual instanceof Map && expected.size === actual.size
      && [...expected].every(([name, member]) => [...actual].some(([other, value]) => read(other) === read(name) && matches(member, value, read)));
  }
  return expected === actual;
}

/** Whether a text that became bytes is what is expected. */
export function matchesBytes(parts: readonly Part[], actual: string): boolean {
  return matchesText(parts, actual, asBytes);
}

function matchesText([part, ...rest]: readonly Part[], actual: string, read: (text: string) => string, start = 0): boolean {
  if (part === undefined) {
    return start === actual.length;
  }
  const continues = (end: number) => matchesText(rest, actual, read, end);
  if (typeof part === 'string') {
    const text = read(part);
    return read(actual.slice(start, start + text.length)) === text && continues(start + text.length);
  }
  if (part === ANYTHING) {
    return rest.length === 0 || Array.from({ length: actual.length - start + 1 }, (_, index) => start + index).some(continues);
  }
  if ('base64' in part) {
    return prefixes(/[A-Za-z0-9+/]*={0,2}/y, actual, start).some(end => {
      const text = actual.slice(start, end);
      return Buffer.from(text, 'base64').toString('base64') === text
        && matchesBytes(part.base64, Buffer.from(text, 'base64').toString()) && continues(end);
    });
  }
  const { json } = part;
  if (json instanceof NumberText) {
    return prefixes(NUMBER, actual, start).some(end => {
      const text = actual.slice(start, end);
      return /\d$/.test(text) && sameNumber(json.text, text) && continues(end);
    });
  }
  try {
    const { value, end } = parseExactJsonAt(actual, start);
    return matches(json, value, read) && continues(end);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return false;
    }
    throw error;
  }
}

/** Where a match may end, the longest first. */
function prefixes(pattern: RegExp, text: string, start: number): number[] {
  pattern.lastIndex = start;
  const length = pattern.exec(text)?.[0].length ?? 0;
  return Array.from({ length: length + 1 }, (_, index) => start + length - index);
}
