/**
 * JSON as API Gateway reads it, with json-smart's permissive parser: whatever does not begin like JSON is a string, quotes may be single or
 * missing, and nothing after the first value matters. Numbers keep their Java types, objects the order of their keys.
 */

import { BigDecimal } from '../java/big-decimal';
import { LinkedHashMap } from '../java/collections';
import { JavaNumber, makeDouble, parseInteger } from '../java/numbers';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

/** The character that ends the text; json-smart also takes it for the end where it stands in the text. */
const END = '\u001a';
const ESCAPES: Readonly<Record<string, string>> = {
  't': '\t', 'n': '\n', 'r': '\r', 'f': '\f', 'b': '\b', '\\': '\\', '/': '/', '\'': '\'', '"': '"',
};
const MAX_DEPTH = 500;

/** Which characters end a value without quotes, by where it stands. */
const STOPS = { alone: '', array: ',]', value: ',}', key: ':' } as const;
type Stops = (typeof STOPS)[keyof typeof STOPS];

/** Reads a text; throws `VtlRuntimeError` where even json-smart gives up. */
export function parsePermissiveJson(text: string): unknown {
  return new PermissiveParser(text).parse();
}

class PermissiveParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  parse(): unknown {
    return this.readValue(STOPS.alone);
  }

  private get current(): string {
    return this.position < this.text.length ? this.text.charAt(this.position) : END;
  }

  private fail(reason: string): never {
    throw new VtlRuntimeError(`Could not process payload: ${reason}`);
  }

  private endOfText(): never {
    return this.fail(`Unexpected End Of File position ${this.position - 1}`);
  }

  private unexpected(): never {
    return this.fail(`Unexpected character (${this.current}) at position ${this.position}`);
  }

  private readValue(stops: Stops): unknown {
    while (/^[ \r\n\t]$/.test(this.current)) this.position++;
    switch (this.current) {
      case ':': case '}': case ']': return this.unexpected();
      case '{': return this.nested(() => this.readObject());
      case '[': return this.nested(() => this.readArray());
      case '"': case '\'': return this.readString();
    }
    if (/^[-0-9]$/.test(this.current)) return this.readNumber(stops);
    const word = this.readWord(stops);
    switch (word) {
      case 'null': return null;
      case 'true': return true;
      case 'false': return false;
      case 'NaN': return NaN;
      default: return word;
    }
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) this.fail(`more than ${MAX_DEPTH} levels of nesting`);
    const result = read();
    this.depth--;
    return result;
  }

  private readArray(): unknown[] {
    const items: unknown[] = [];
    this.position++;
    for (;;) {
      switch (this.current) {
        case ' ': case '\r': case '\n': case '\t': case ',':
          this.position++;
          break;
        case ']':
          this.position++;
          return items;
        case END: return this.endOfText();
        default: items.push(this.readValue(STOPS.array));
      }
    }
  }

  private readObject(): LinkedHashMap {
    const map = new LinkedHashMap();
    for (;;) {
      this.position++;
      switch (this.current) {
        case ' ': case '\r': case '\n': case '\t': case ',': continue;
        case ':': case ']': case '[': case '{': return this.unexpected();
        case '}':
          this.position++;
          return map;
      }
      this.readEntry(map);
      if (this.current === '}') {
        this.position++;
        return map;
      }
      if (this.current === END) return this.endOfText();
      if (this.current !== ',') return this.unexpected();
    }
  }

  private readEntry(map: LinkedHashMap): void {
    const key = this.current === '"' || this.current === '\'' ? this.readString() : this.readWord(STOPS.key);
    this.skipSpace();
    if (this.current === END) return this.endOfText();
    if (this.current !== ':') return this.unexpected();
    this.position++;
    if (this.position >= this.text.length) return this.endOfText();
    map.set(key, this.readValue(STOPS.value));
    this.skipSpace();
    return undefined;
  }

  private readString(): string {
    const quote = this.current;
    const end = this.text.indexOf(quote, this.position + 1);
    if (end === -1) return this.fail(`Unexpected End Of File position ${this.text.length}`);
    const plain = this.text.slice(this.position + 1, end);
    if (plain.includes('\\')) return this.readEscapedString(quote);
    this.position = end + 1;
    return plain;
  }

  private readEscapedString(quote: string): string {
    let result = '';
    for (;;) {
      this.position++;
      const character = this.current;
      if (character === END) return this.endOfText();
      if (character === quote) break;
      if (character === '\\') {
        result += this.readEscape();
      } else if (!/^[\u0000-\u001f\u007f]$/.test(character)) {
        result += character;
      }
    }
    this.position++;
    return result;
  }

  /** An escape that means nothing leaves nothing. */
  private readEscape(): string {
    this.position++;
    const kind = this.current;
    if (kind !== 'u' && kind !== 'x') return ESCAPES[kind] ?? '';
    const length = kind === 'u' ? 4 : 2;
    const digits = this.text.slice(this.position + 1, this.position + 1 + length);
    if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return this.fail(`Unexpected unicode escape sequence at position ${this.position}`);
    this.position += length;
    return String.fromCharCode(parseInt(digits, 16));
  }

  private readWord(stops: Stops): string {
    const start = this.position;
    while (this.current !== END && !(stops.includes(this.current))) this.position++;
    return trim(this.text.slice(start, this.position));
  }

  /** What begins like a number and goes on like none is a string. */
  private readNumber(stops: Stops): JavaNumber | string {
    const start = this.position;
    this.position++;
    this.skipDigits();
    let isFloat = false;
    if (this.current === '.') {
      isFloat = true;
      this.position++;
      this.skipDigits();
    }
    if (this.current === 'e' || this.current === 'E') {
      isFloat = true;
      this.position++;
      if (!/^[-+0-9]$/.test(this.current)) return this.finishWord(start, stops);
      this.position++;
      this.skipDigits();
    }
    this.skipSpace();
    if (this.current !== END && this.current < '~' && !stops.includes(this.current)) return this.finishWord(start, stops);
    const text = trim(this.text.slice(start, this.position));
    return isFloat ? this.toFloat(text) : text === '-' ? 0 : parseInteger(text);
  }

  private finishWord(start: number, stops: Stops): string {
    this.readWord(stops);
    return trim(this.text.slice(start, this.position));
  }

  private toFloat(text: string): JavaNumber {
    if (Number.isNaN(Number(text))) return this.fail(`For input string: "${text}"`);
    return text.length > 18 ? BigDecimal.parse(text) : makeDouble(Number(text));
  }

  private skipDigits(): void {
    while (this.current >= '0' && this.current <= '9') this.position++;
  }

  private skipSpace(): void {
    while (this.current <= ' ' && this.current !== END) this.position++;
  }
}

/** As Java trims: everything up to the blank. */
function trim(text: string): string {
  return text.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
}
