/** A number as it is written: a JavaScript number would round it. */
export class NumberText {
  constructor(readonly text: string) {}
}

/** JSON without loss: numbers as they are written, objects as maps, which know no prototype. */
export type ExactJson = null | boolean | string | NumberText | ExactJson[] | Map<string, ExactJson>;

export const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Reads a text that is JSON and nothing else; if asked to, with the liberties of API Gateway's reader: of members with the same name the last counts, and a
 * character U+007F is lost in strings that have an escape. Throws a SyntaxError.
 */
export function parseExactJson(text: string, isRead = false): ExactJson {
  const { value, end } = parseExactJsonAt(text, text.search(/[^ \t\n\r]|$/), isRead);
  if (/[^ \t\n\r]/.test(text.slice(end))) {
    throw new SyntaxError(`more than JSON: ${text.slice(end, end + 40)}`);
  }
  return value;
}

/** Reads the JSON that begins somewhere in a text. */
export function parseExactJsonAt(text: string, start: number, isRead = false): { value: ExactJson; end: number } {
  let position = start;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const match = pattern.exec(text)?.[0];
    position += match?.length ?? 0;
    return match;
  };
  const is = (word: string): boolean => {
    const found = text.startsWith(word, position);
    position += found ? word.length : 0;
    return found;
  };
  const fail = (): never => {
    throw new SyntaxError(`no JSON at ${position}: ${text.slice(position, position + 40)}`);
  };
  const string = (): string => {
    const quoted = take(STRING) ?? fail();
    return JSON.parse(isRead && quoted.includes('\\') ? quoted.replaceAll('\u007f', '') : quoted) as string;
  };
  const several = (close: string, readOne: () => void): void => {
    take(SPACE);
    if (is(close)) {
      return;
    }
    do {
      take(SPACE);
      readOne();
      take(SPACE);
    } while (is(','));
    if (!is(close)) {
      fail();
    }
  };
  const value = (): ExactJson => {
    if (is('null')) {
      return null;
    }
    if (is('true')) {
      return true;
    }
    if (is('false')) {
      return false;
    }
    if (text[position] === '"') {
      return string();
    }
    if (is('[')) {
      const elements: ExactJson[] = [];
      several(']', () => elements.push(value()));
      return elements;
    }
    if (is('{')) {
      const members = new Map<string, ExactJson>();
      several('}', () => {
        const name = string();
        take(SPACE);
        if (!is(':') || (members.has(name) && !isRead)) {
          fail();
        }
        take(SPACE);
        members.set(name, value());
      });
      return members;
    }
    return new NumberText(take(NUMBER) ?? fail());
  };
  return { value: value(), end: position };
}
