/**
 * The match expressions inside a field's list, `{"prefix": "a"}` and its likes.
 */
import { comparableNumber } from './comparable-number';
import { IgnoreCaseText } from './ignore-case-text';
import { InvalidOperandError } from './invalid-operand-error';
import { parseCidr } from './ip-address';
import { JsonReadError } from './json-read-error';
import { JsonToken, JsonTokenReader } from './json-token-reader';
import { NumericRange, ValueTest } from './value-test';
import { InvalidWildcardError, Wildcard } from './wildcard';

/** What a match expression asks for: a test of a value, or that there is none. */
export type MatchExpression = ValueTest | 'absent';

const ONE_KEY_ONLY = 'Only one key allowed in match expression';
const TOO_MANY_ELEMENTS = 'Too many elements in numeric expression';

/** Reads a match expression whose opening brace has been read. */
export function parseMatchExpression(reader: JsonTokenReader): MatchExpression {
  expect(reader, 'name', 'Match expression name not found');
  const matchType = reader.name;
  const token = reader.next();
  switch (matchType) {
    case 'exactly': return closed(reader, { kind: 'equals', value: stringOperand(reader, token, 'exact') });
    case 'prefix': return parseAffix(reader, token, 'prefix');
    case 'suffix': return parseAffix(reader, token, 'suffix');
    case 'numeric': return parseNumeric(reader, token);
    case 'anything-but': return parseAnythingBut(reader, token);
    case 'exists': return parseExists(reader, token);
    // The message for a wrong operand of cidr does speak of prefix.
    case 'cidr': return closed(reader, { kind: 'ip', range: parseCidr(stringOperand(reader, token, 'prefix')) });
    case 'equals-ignore-case':
      return closed(reader, { kind: 'equals-ignore-case', text: new IgnoreCaseText(stringOperand(reader, token, matchType)) });
    case 'wildcard': return closed(reader, { kind: 'wildcard', wildcard: parseWildcard(reader, stringOperand(reader, token, matchType)) });
    default: throw reader.error(`Unrecognized match type ${matchType}`);
  }
}

function expect(reader: JsonTokenReader, token: JsonToken, otherwise: string): void {
  if (reader.next() !== token) {
    throw reader.error(otherwise);
  }
}

function closed<T>(reader: JsonTokenReader, result: T): T {
  expect(reader, '}', ONE_KEY_ONLY);
  return result;
}

function stringOperand(reader: JsonTokenReader, token: JsonToken | undefined, what: string): string {
  if (token !== 'string') {
    throw reader.error(`${what} match pattern must be a string`);
  }
  return reader.text();
}

function parseAffix(reader: JsonTokenReader, token: JsonToken | undefined, kind: 'prefix' | 'suffix'): ValueTest {
  if (token !== '{') {
    return closed(reader, { kind, text: stringOperand(reader, token, kind) });
  }
  expect(reader, 'name', `${kind === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
  if (reader.name !== 'equals-ignore-case') {
    throw reader.error(`Unsupported ${kind} pattern: ${reader.name}`);
  }
  const text = new IgnoreCaseText(stringOperand(reader, reader.next(), 'equals-ignore-case'));
  expect(reader, '}', ONE_KEY_ONLY);
  return closed(reader, { kind: `${kind}-ignore-case`, text });
}

function parseWildcard(reader: JsonTokenReader, source: string): Wildcard {
  try {
    return new Wildcard(source);
  } catch (error) {
    throw error instanceof InvalidWildcardError ? reader.error(error.message) : error;
  }
}

function parseExists(reader: JsonTokenReader, token: JsonToken | undefined): MatchExpression {
  if (token !== 'true' && token !== 'false') {
    throw reader.error('exists match pattern must be either true or false.');
  }
  return closed(reader, token === 'true' ? { kind: 'exists' } : 'absent');
}

function parseNumeric(reader: JsonTokenReader, token: JsonToken | undefined): ValueTest {
  if (token !== '[') {
    throw reader.error('Value of numeric must be an array.');
  }
  const test = parseNumericList(reader);
  expect(reader, '}', TOO_MANY_ELEMENTS);
  return test;
}

function parseNumericList(reader: JsonTokenReader): ValueTest {
  if (reader.next() !== 'string') {
    throw reader.error(`Invalid member in numeric match: ${reader.text()}`);
  }
  const operator = reader.text();
  const token = reader.next();
  switch (operator) {
    case '=': {
      const text = numericOperand(reader, token, 'equals');
      expect(reader, ']', TOO_MANY_ELEMENTS);
      return { kind: 'equals', value: requireComparable(reader, text) };
    }
    case '<': case '<=': {
      const text = numericOperand(reader, token, operator);
      expect(reader, ']', TOO_MANY_ELEMENTS);
      return range({ low: -Number.MAX_VALUE, lowOpen: false, high: requireComparable(reader, text), highOpen: operator === '<' });
    }
    case '>': case '>=': {
      const text = numericOperand(reader, token, operator);
      const lowOpen = operator === '>';
      const next = reader.next();
      return next === ']'
        ? range({ low: requireComparable(reader, text), lowOpen, high: Number.MAX_VALUE, highOpen: false })
        : parseUpperBound(reader, next, text, lowOpen);
    }
    default: throw reader.error(`Unrecognized numeric range operator: ${operator}`);
  }
}

function parseUpperBound(reader: JsonTokenReader, token: JsonToken | undefined, lowText: string, lowOpen: boolean): ValueTest {
  if (token !== 'string') {
    throw reader.error(`Bad value in numeric range: ${reader.text()}`);
  }
  const operator = reader.text();
  if (operator !== '<' && operator !== '<=') {
    throw reader.error(`Bad numeric range operator: ${operator}`);
  }
  const highText = numericOperand(reader, reader.next(), operator);
  expect(reader, ']', 'Too many terms in numeric range expression');
  const low = requireComparable(reader, lowText);
  const high = requireComparable(reader, highText);
  if (low >= high) {
    throw reader.error('Bottom must be less than top');
  }
  return range({ low, lowOpen, high, highOpen: operator === '<' });
}

function range(bounds: NumericRange): ValueTest {
  return { kind: 'numeric', range: bounds };
}

function numericOperand(reader: JsonTokenReader, token: JsonToken | undefined, operator: string): string {
  if (token !== 'number') {
    throw reader.error(`Value of ${operator} must be numeric`);
  }
  return reader.text();
}

function requireComparable(reader: JsonTokenReader, text: string): number {
  const value = comparableNumber(text);
  if (value === undefined) {
    throw reader.error(incomparable(text));
  }
  return value;
}

function incomparable(text: string): string {
  return `Cannot compare number : ${text}`;
}

type AnythingButKind = 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard';

function isAnythingButKind(name: string): name is AnythingButKind {
  return name === 'prefix' || name === 'suffix' || name === 'equals-ignore-case' || name === 'wildcard';
}

function parseAnythingBut(reader: JsonTokenReader, token: JsonToken | undefined): ValueTest {
  if (token !== '{') {
    requireAnythingButOperand(reader, token);
    const tests = token === '[' ? parseAnythingButList(reader) : [parseAnythingButScalar(reader, token)];
    expect(reader, '}', TOO_MANY_ELEMENTS);
    return { kind: 'anything-but', tests };
  }
  expect(reader, 'name', 'Anything-But expression name not found');
  const kind = reader.name;
  if (!isAnythingButKind(kind)) {
    throw reader.error(`Unsupported anything-but pattern: ${kind}`);
  }
  const operand = reader.next();
  requireAnythingButOperand(reader, operand);
  const texts = operand === '[' ? relocated(reader, () => parseAnythingButTexts(reader, kind)) : [anythingButText(reader, operand, kind)];
  const tests = texts.map(text => anythingButTest(reader, text, kind));
  expect(reader, '}', TOO_MANY_ELEMENTS);
  expect(reader, '}', TOO_MANY_ELEMENTS);
  return { kind: 'anything-but', tests };
}

function requireAnythingButOperand(reader: JsonTokenReader, token: JsonToken | undefined): void {
  if (token !== '[' && token !== 'string' && token !== 'number') {
    throw reader.error('Value of anything-but must be an array or single string/number value.');
  }
}

/** An error inside a list is reported again from where the reader stands, so its message names the place twice. */
function relocated<T>(reader: JsonTokenReader, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof JsonReadError || error instanceof InvalidOperandError ? reader.error(error.message) : error;
  }
}

function parseAnythingButList(reader: JsonTokenReader): ValueTest[] {
  const kinds = new Set<JsonToken>();
  const tests = relocated(reader, () => {
    const read: ValueTest[] = [];
    for (let token = reader.next(); token !== ']'; token = reader.next()) {
      if (token !== 'string' && token !== 'number') {
        throw reader.error('Inside anything but list, start|null|boolean is not supported.');
      }
      kinds.add(token);
      read.push(parseAnythingButScalar(reader, token));
    }
    return read;
  });
  if (kinds.size !== 1) {
    throw reader.error('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  return tests;
}

function parseAnythingButScalar(reader: JsonTokenReader, token: JsonToken | undefined): ValueTest {
  const text = reader.text();
  if (token === 'string') {
    return { kind: 'equals', value: text };
  }
  const value = comparableNumber(text);
  if (value === undefined) {
    throw new InvalidOperandError(incomparable(text));
  }
  return { kind: 'equals', value };
}

function parseAnythingButTexts(reader: JsonTokenReader, kind: AnythingButKind): string[] {
  const texts: string[] = [];
  for (let token = reader.next(); token !== ']'; token = reader.next()) {
    texts.push(anythingButText(reader, token, kind));
  }
  return texts;
}

function anythingButText(reader: JsonTokenReader, token: JsonToken | undefined, kind: AnythingButKind): string {
  if (token !== 'string') {
    switch (kind) {
      case 'equals-ignore-case':
        throw reader.error('Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.');
      case 'wildcard': throw reader.error('wildcard match pattern must be a string');
      default: throw reader.error('prefix/suffix match pattern must be a string');
    }
  }
  const text = reader.text();
  if (text === '' && (kind === 'prefix' || kind === 'suffix')) {
    throw reader.error('Null prefix/suffix not allowed');
  }
  return text;
}

function anythingButTest(reader: JsonTokenReader, text: string, kind: AnythingButKind): ValueTest {
  switch (kind) {
    case 'equals-ignore-case': return { kind, text: new IgnoreCaseText(text) };
    case 'wildcard': return { kind, wildcard: parseWildcard(reader, text) };
    default: return { kind, text };
  }
}
