/**
 * A pull reader of JSON tokens which refuses what Jackson refuses, with Jackson's words and places.
 *
 * EventBridge shows these messages to the caller, so the places matter: a string is read only when its text is asked for
 * or the next token is wanted, the start of a member's value is read together with the member's name, and some errors
 * point at the offending character while others point behind it.
 */
import { constraintExceeded, describeCharacter, describePlace, isDigit, isIdentifierPart, isIdentifierStart } from './json-error-text';
import { scanNumber } from './json-number';
import { JsonReadError } from './json-read-error';
import { wellFormed } from './well-formed';

/** A token; the brackets and literals stand for themselves. */
export type JsonToken = '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null';

interface Scope {
  readonly kind: 'root' | 'Object' | 'Array';
  readonly outer?: Scope;
  readonly depth: number;
  readonly row: number;
  readonly column: number;
  entries: number;
}

const MAXIMUM_DEPTH = 1000;
const MAXIMUM_NUMBER_LENGTH = 1000;
const MAXIMUM_TOKEN_IN_MESSAGE = 256;
const VALID_VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const SIMPLE_ESCAPES = new Map([['b', '\b'], ['t', '\t'], ['n', '\n'], ['f', '\f'], ['r', '\r'], ['"', '"'], ['/', '/'], ['\\', '\\']]);
const PLAIN_STRING_PART = /[^"\\\u0000-\u001f]*/y;

/** Reads one JSON text token by token. */
export class JsonTokenReader {
  /** The name of the member whose name or value was read last. */
  name = '';
  private token: JsonToken | undefined;
  private tokenText = '';
  private tokenRow = 1;
  private tokenColumn = 0;
  private valueAfterName: JsonToken | undefined;
  private stringUnread = false;
  private position = 0;
  private row = 1;
  private rowStart = 0;
  private scope: Scope = { kind: 'root', depth: 0, row: 1, column: 0, entries: 0 };

  constructor(private readonly source: string) {}

  /** Moves to the next token; undefined at the end of the text. */
  next(): JsonToken | undefined {
    if (this.token === 'name') {
      return this.enter(this.valueAfterName!);
    }
    if (this.stringUnread) {
      this.readString();
    }
    let char = this.skipSpace();
    if (char === undefined) {
      if (this.scope.kind !== 'root') {
        const start = this.describe(this.scope.row, this.scope.column);
        throw this.error(`Unexpected end-of-input: expected close marker for ${this.scope.kind} (start marker at ${start})`);
      }
      return this.token = undefined;
    }
    if (char === ']' || char === '}') {
      return this.leave(char);
    }
    if (this.scope.kind !== 'root' && this.scope.entries++ > 0) {
      char = this.skipComma(char);
    }
    if (this.scope.kind !== 'Object') {
      this.markToken();
      return this.enter(this.startValue(char));
    }
    if (char !== '"') {
      throw this.unexpected(char, 'was expecting double-quote to start field name');
    }
    this.name = this.readQuoted('name', ' in field name');
    char = this.skipColon();
    this.markToken();
    this.valueAfterName = this.startValue(char);
    return this.token = 'name';
  }

  /** The text of the current token; for a string what it stands for, for a number its digits as written. */
  text(): string {
    if (this.stringUnread && this.token === 'string') {
      this.readString();
    }
    switch (this.token) {
      case 'name': return this.name;
      case 'string': case 'number': return this.tokenText;
      default: return String(this.token);
    }
  }

  /** An error at the current place of reading. */
  error(reason: string): JsonReadError {
    return new JsonReadError(reason, this.describe(this.row, this.position - this.rowStart + 1));
  }

  private errorAtLastCharacter(reason: string): JsonReadError {
    return new JsonReadError(reason, this.describe(this.row, this.position - this.rowStart));
  }

  private unexpected(char: string, expectation: string): JsonReadError {
    return this.errorAtLastCharacter(`Unexpected character (${describeCharacter(char)}): ${expectation}`);
  }

  private unexpectedInNumber(char: string, expectation: string): JsonReadError {
    return this.errorAtLastCharacter(`Unexpected character (${describeCharacter(char)}) in numeric value: ${expectation}`);
  }

  private describe(row: number, column: number): string {
    return describePlace(this.source, row, column);
  }

  private markToken(): void {
    this.tokenRow = this.row;
    this.tokenColumn = this.position - this.rowStart;
  }

  private enter(token: JsonToken): JsonToken {
    if (token === '{' || token === '[') {
      const depth = this.scope.depth + 1;
      this.scope = { kind: token === '{' ? 'Object' : 'Array', outer: this.scope, depth, row: this.tokenRow, column: this.tokenColumn, entries: 0 };
      if (depth > MAXIMUM_DEPTH) {
        throw constraintExceeded('Document nesting depth', depth, MAXIMUM_DEPTH, 'getMaxNestingDepth');
      }
    }
    return this.token = token;
  }

  private leave(bracket: ']' | '}'): JsonToken {
    const kind = bracket === ']' ? 'Array' : 'Object';
    if (this.scope.kind !== kind) {
      const start = this.describe(this.scope.row, this.scope.column);
      throw this.errorAtLastCharacter(
        `Unexpected close marker '${bracket}': expected '${bracket === ']' ? '}' : ']'}' (for ${this.scope.kind} starting at ${start})`);
    }
    this.scope = this.scope.outer!;
    return this.token = bracket;
  }

  private skipSpace(): string | undefined {
    while (this.position < this.source.length) {
      const char = this.source[this.position++];
      switch (char) {
        case ' ': case '\t': break;
        case '\n': this.startRow(); break;
        case '\r':
          if (this.source[this.position] === '\n') {
            this.position++;
          }
          this.startRow();
          break;
        case '/':
          throw this.unexpected(char, "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)");
        default:
          if (char < ' ') {
            throw this.error(`Illegal character (${describeCharacter(char)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`);
          }
          return char;
      }
    }
    return undefined;
  }

  private startRow(): void {
    this.row++;
    this.rowStart = this.position;
  }

  private skipComma(char: string): string {
    if (char !== ',') {
      throw this.unexpected(char, `was expecting comma to separate ${this.scope.kind} entries`);
    }
    return this.skipSpace() ?? this.endBetweenEntries();
  }

  private skipColon(): string {
    const char = this.skipSpace() ?? this.endBetweenEntries();
    if (char !== ':') {
      throw this.unexpected(char, 'was expecting a colon to separate field name and value');
    }
    return this.skipSpace() ?? this.endBetweenEntries();
  }

  private endBetweenEntries(): never {
    throw this.error(`Unexpected end-of-input within/between ${this.scope.kind} entries`);
  }

  private startValue(char: string): JsonToken {
    switch (char) {
      case '"':
        this.stringUnread = true;
        return 'string';
      case '[': case '{': return char;
      case '}': throw this.unexpected(char, 'expected a value');
      case 't': return this.readLiteral('true');
      case 'f': return this.readLiteral('false');
      case 'n': return this.readLiteral('null');
      case '-': return this.readNegativeNumber();
      case '+': throw this.invalidNumber('+');
      case 'N': throw this.nonStandardToken('NaN', 1);
      case 'I': throw this.nonStandardToken('Infinity', 1);
      default:
        if (isDigit(char)) {
          return this.readNumber(this.position - 1);
        }
        if (isIdentifierStart(char)) {
          throw this.unrecognizedToken(char);
        }
        throw this.unexpected(char, `expected a valid value ${VALID_VALUES}`);
    }
  }

  private readLiteral<T extends string>(word: T, from = 1): T {
    for (let index = from; index < word.length; index++, this.position++) {
      if (this.source[this.position] !== word[index]) {
        throw this.unrecognizedToken(word.slice(0, index));
      }
    }
    const follower = this.source[this.position];
    if (follower >= '0' && follower !== ']' && follower !== '}' && isIdentifierPart(follower)) {
      throw this.unrecognizedToken(word);
    }
    return word;
  }

  private unrecognizedToken(start: string): JsonReadError {
    let token = start;
    while (this.position < this.source.length && isIdentifierPart(this.source[this.position])) {
      token += this.source[this.position++];
      if (token.length >= MAXIMUM_TOKEN_IN_MESSAGE) {
        token += '...';
        break;
      }
    }
    return this.error(`Unrecognized token '${token}': was expecting ${VALID_VALUES}`);
  }

  private nonStandardToken(word: string, from: number): JsonReadError {
    this.readLiteral(word, from);
    return this.error(`Non-standard token '${word}': enable \`JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS\` to allow`);
  }

  private readNegativeNumber(): JsonToken {
    const start = this.position - 1;
    const char = this.source[this.position];
    if (char === undefined) {
      throw this.error('Unexpected end-of-inputNo digit following sign');
    }
    if (isDigit(char)) {
      return this.readNumber(start);
    }
    if (char === '.') {
      this.position++;
      throw this.unexpected(char, `expected a valid value ${VALID_VALUES}`);
    }
    throw this.invalidNumber('-');
  }

  private invalidNumber(sign: '-' | '+'): JsonReadError {
    let char = this.source[this.position++];
    if (char === 'I') {
      char = this.source[this.position++];
      if (char === 'N' || char === 'n') {
        return this.nonStandardToken(char === 'N' ? `${sign}INF` : `${sign}Infinity`, 3);
      }
    }
    if (char === undefined) {
      this.position--;
      return this.error('Unexpected end-of-input in a Number value');
    }
    return sign === '+'
      ? this.unexpectedInNumber(
        '+', 'JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow')
      : this.unexpectedInNumber(char, 'expected digit (0-9) to follow minus sign, for valid numeric value');
  }

  private readNumber(start: number): JsonToken {
    const scanned = scanNumber(this.source, start);
    if (typeof scanned !== 'string') {
      this.position = scanned.position;
      throw scanned.char === undefined ? this.error(scanned.reason) : this.unexpectedInNumber(scanned.char, scanned.reason);
    }
    this.position = start + scanned.length;
    this.verifySpaceAfterRootNumber();
    const digits = scanned.replace(/[^0-9]/g, '').length;
    if (digits > MAXIMUM_NUMBER_LENGTH) {
      throw constraintExceeded('Number value length', digits, MAXIMUM_NUMBER_LENGTH, 'getMaxNumberLength');
    }
    this.tokenText = scanned;
    return 'number';
  }

  private verifySpaceAfterRootNumber(): void {
    const follower = this.source[this.position];
    if (this.scope.kind !== 'root' || follower === undefined || follower === '\r') {
      return;
    }
    this.position++;
    if (follower === '\n') {
      this.startRow();
    } else if (follower !== ' ' && follower !== '\t') {
      throw this.unexpected(follower, 'Expected space separating root-level values');
    }
  }

  private readString(): void {
    this.stringUnread = false;
    this.tokenText = wellFormed(this.readQuoted('string value', ': was expecting closing quote for a string value'));
  }

  private readQuoted(what: string, whenCut: string): string {
    let text = '';
    for (;;) {
      PLAIN_STRING_PART.lastIndex = this.position;
      const plain = PLAIN_STRING_PART.exec(this.source)![0];
      text += plain;
      this.position += plain.length;
      const char = this.source[this.position];
      if (char === undefined) {
        throw this.error(`Unexpected end-of-input${whenCut}`);
      }
      this.position++;
      if (char === '"') {
        return text;
      }
      if (char !== '\\') {
        throw this.errorAtLastCharacter(`Illegal unquoted character (${describeCharacter(char)}): has to be escaped using backslash to be included in ${what}`);
      }
      text += this.readEscape();
    }
  }

  private readEscape(): string {
    const char = this.readEscapeCharacter();
    const simple = SIMPLE_ESCAPES.get(char);
    if (simple !== undefined) {
      return simple;
    }
    if (char !== 'u') {
      throw this.errorAtLastCharacter(`Unrecognized character escape ${describeCharacter(char)}`);
    }
    let digits = '';
    while (digits.length < 4) {
      const digit = this.readEscapeCharacter();
      if (!/[0-9a-fA-F]/.test(digit)) {
        throw this.unexpected(digit, 'expected a hex-digit for character escape sequence');
      }
      digits += digit;
    }
    return String.fromCharCode(parseInt(digits, 16));
  }

  private readEscapeCharacter(): string {
    if (this.position >= this.source.length) {
      throw this.error('Unexpected end-of-input in character escape sequence');
    }
    return this.source[this.position++];
  }
}
