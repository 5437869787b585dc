/** The intrinsic functions of JSONPath states. */
import { createHash } from 'node:crypto';
import { ExecutionHost } from '../host';
import { JsonObject, canonicalText, isObject, typeName } from '../json';
import { seededRandom } from '../seeded-random';

/** An intrinsic function; throws an IntrinsicError when it can not use its arguments. */
export type IntrinsicFunction = (values: readonly unknown[], host: ExecutionHost) => unknown;

/** Why a call fails. */
export class IntrinsicError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'IntrinsicError';
  }
}

interface Signature {
  readonly minimum: number;
  readonly maximum: number;
  readonly run: IntrinsicFunction;
}

const HASH_ALGORITHMS = new Map([['MD5', 'md5'], ['SHA-1', 'sha1'], ['SHA-256', 'sha256'], ['SHA-384', 'sha384'], ['SHA-512', 'sha512']]);
const MAX_RANGE = 1000;
const MAX_TEXT = 10_000;

const FUNCTIONS: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['Array', { minimum: 0, maximum: Infinity, run: values => [...values] }],
  ['ArrayPartition', { minimum: 2, maximum: 2, run: ([array, size]) => partition(arrayArgument(array), integer(size)) }],
  ['ArrayContains', { minimum: 2, maximum: 2, run: ([array, value]) => contains(arrayArgument(array), value) }],
  ['ArrayRange', { minimum: 3, maximum: 3, run: ([first, last, step]) => range(integer(first), integer(last), integer(step)) }],
  ['ArrayGetItem', { minimum: 2, maximum: 2, run: ([array, index]) => itemAt(arrayArgument(array), integer(index)) }],
  ['ArrayLength', { minimum: 1, maximum: 1, run: ([array]) => arrayArgument(array).length }],
  ['ArrayUnique', { minimum: 1, maximum: 1, run: ([array]) => unique(arrayArgument(array)) }],
  ['Base64Encode', { minimum: 1, maximum: 1, run: ([data]) => Buffer.from(shortText(data), 'utf8').toString('base64') }],
  ['Base64Decode', { minimum: 1, maximum: 1, run: ([data]) => Buffer.from(shortText(data), 'base64').toString('utf8') }],
  ['Hash', { minimum: 2, maximum: 2, run: ([data, algorithm]) => hash(data, text(algorithm)) }],
  ['JsonMerge', { minimum: 3, maximum: 3, run: ([first, second, deep]) => merge(first, second, deep) }],
  ['StringToJson', { minimum: 1, maximum: 1, run: ([value]) => parseJson(value) }],
  ['JsonToString', { minimum: 1, maximum: 1, run: ([value]) => JSON.stringify(value) }],
  ['MathRandom', { minimum: 2, maximum: 3, run: ([start, end, seed], host) => random(integer(start), integer(end), seed === undefined ? host.random() : seededRandom(integer(seed))) }],
  ['MathAdd', { minimum: 2, maximum: 2, run: ([first, second]) => integer(first) + integer(second) }],
  ['StringSplit', { minimum: 2, maximum: 2, run: ([value, splitter]) => split(text(value), text(splitter)) }],
  ['UUID', { minimum: 0, maximum: 0, run: (_, host) => host.uuid() }],
  ['Format', { minimum: 1, maximum: Infinity, run: ([template, ...values]) => format(text(template), values) }],
]);

/** The function of a name for a number of arguments, or why there is none. */
export function findIntrinsic(name: string, count: number): IntrinsicFunction {
  const signature = FUNCTIONS.get(name);
  if (!signature) throw new IntrinsicError(`Unknown intrinsic function: States.${name}`);
  if (count < signature.minimum || count > signature.maximum) throw new IntrinsicError(`Invalid number of arguments for States.${name}: ${count}`);
  return signature.run;
}

function arrayArgument(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new IntrinsicError(`Expected an array but got: ${typeName(value)}`);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new IntrinsicError(`Expected a string but got: ${typeName(value)}`);
}

function shortText(value: unknown): string {
  const result = text(value);
  if (result.length > MAX_TEXT) throw new IntrinsicError(`The string must not be longer than ${MAX_TEXT} characters`);
  return result;
}

/** A number, rounded when it is not whole. */
function integer(value: unknown): number {
  if (typeof value === 'number') return Math.round(value);
  throw new IntrinsicError(`Expected a number but got: ${typeName(value)}`);
}

function partition(array: unknown[], size: number): unknown[][] {
  if (size < 1) throw new IntrinsicError('The chunk size must be a positive number');
  const chunks: unknown[][] = [];
  for (let start = 0; start < array.length; start += size) chunks.push(array.slice(start, start + size));
  return chunks;
}

function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new IntrinsicError('The step must not be zero');
  const count = Math.floor((last - first) / step) + 1;
  if (count > MAX_RANGE) throw new IntrinsicError(`The array must not have more than ${MAX_RANGE} items`);
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step);
}

function itemAt(array: unknown[], index: number): unknown {
  if (index < 0 || index >= array.length) throw new IntrinsicError(`The index ${index} is out of range for an array of ${array.length} items`);
  return array[index];
}

function unique(array: unknown[]): unknown[] {
  const texts = new Set<string>();
  return array.filter(value => {
    const size = texts.size;
    return texts.add(canonicalText(value)).size > size;
  });
}

function contains(array: unknown[], value: unknown): boolean {
  const wanted = canonicalText(value);
  return array.some(entry => canonicalText(entry) === wanted);
}

function hash(data: unknown, algorithm: string): string {
  const name = HASH_ALGORITHMS.get(algorithm);
  if (!name) throw new IntrinsicError(`Unknown hash algorithm: ${algorithm}`);
  return createHash(name).update(shortText(typeof data === 'string' ? data : JSON.stringify(data)), 'utf8').digest('hex');
}

function merge(first: unknown, second: unknown, deep: unknown): JsonObject {
  if (!isObject(first) || !isObject(second)) throw new IntrinsicError('The first two arguments must be JSON objects');
  if (deep !== false) throw new IntrinsicError('The third argument must be false: deep merging is not supported');
  return { ...first, ...second };
}

function parseJson(value: unknown): unknown {
  try {
    return JSON.parse(text(value)) as unknown;
  } catch (error) {
    throw error instanceof IntrinsicError ? error : new IntrinsicError(`The string is not valid JSON: ${(error as Error).message}`);
  }
}

function random(start: number, end: number, chance: number): number {
  if (end <= start) throw new IntrinsicError('The end must be greater than the start');
  return start + Math.floor(chance * (end - start));
}

/** Every character of the splitter divides; empty parts are left out. */
function split(value: string, splitter: string): string[] {
  if (splitter === '') return [value];
  const dividers = new Set(splitter);
  const parts = [''];
  for (const character of value) {
    if (dividers.has(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter(part => part !== '');
}

function format(template: string, values: readonly unknown[]): string {
  let used = 0;
  const result = template.replace(/\\([{}\\])|\{\}/g, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (used >= values.length) throw new IntrinsicError('The number of arguments does not match the number of {} in the template');
    return javaText(values[used++]);
  });
  if (used !== values.length) throw new IntrinsicError('The number of arguments does not match the number of {} in the template');
  return result;
}

/** The text Java gives to JSON data: `{name=value}` and `[a, b]`. */
function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (isObject(value)) return `{${Object.entries(value).map(([name, member]) => `${name}=${javaText(member)}`).join(', ')}}`;
  return String(value);
}
