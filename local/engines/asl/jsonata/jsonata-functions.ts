/** The functions Step Functions adds to JSONata. */
import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { canonicalText } from '../json';
import { seededRandom } from '../seeded-random';

const HASH_ALGORITHMS = new Map([['MD5', 'md5'], ['SHA-1', 'sha1'], ['SHA-256', 'sha256'], ['SHA-384', 'sha384'], ['SHA-512', 'sha512']]);
const MAX_RANGE = 1000;

/** A failure inside a function, in the form JSONata reports its own. */
function functionError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function partition(array: unknown[] | undefined, size: number | undefined): unknown[][] | undefined {
  if (array === undefined || size === undefined) return undefined;
  const length = Math.floor(size);
  if (length < 1) throw functionError('D3137', 'The partition size must be a positive number');
  const chunks: unknown[][] = [];
  for (let start = 0; start < array.length; start += length) chunks.push(array.slice(start, start + length));
  return chunks;
}

function range(first: number | undefined, last: number | undefined, step: number | undefined): number[] | undefined {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  if (step === 0) throw functionError('D3137', 'The range step must not be zero');
  const count = Math.floor((last - first) / step) + 1;
  if (count > MAX_RANGE) throw functionError('D3137', `The range must not have more than ${MAX_RANGE} elements`);
  const numbers = sequence<number>();
  for (let index = 0; index < count; index++) numbers.push(first + index * step);
  return numbers;
}

function hash(text: string | undefined, algorithm: string | undefined): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = HASH_ALGORITHMS.get(algorithm);
  if (!name) throw functionError('D3137', `Unknown hash algorithm: ${algorithm}`);
  return createHash(name).update(text, 'utf8').digest('hex');
}

/** JSONata's own holds each value against all before it, which takes minutes for an input of Step Functions' size. */
function distinct(values: unknown): unknown {
  if (!Array.isArray(values) || values.length <= 1) return values;
  const result: unknown[] = 'sequence' in values ? sequence() : [];
  const seen = new Set<string>();
  for (const value of values) {
    const text = canonicalText(value);
    if (seen.has(text)) continue;
    seen.add(text);
    result.push(value);
  }
  return result;
}

/** An array of JSONata's kind: a single element comes out without it. */
function sequence<T>(): T[] {
  return Object.assign([] as T[], { sequence: true });
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw functionError('D3137', `The argument of function parse is not valid JSON: ${(error as Error).message}`);
  }
}

// JSONata checks the arguments against the signature, not against these types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type JsonataFunction = (...values: any[]) => unknown;

/** The functions, added or made again, that need nothing from the host: name, implementation, JSONata signature. */
export const PURE_FUNCTIONS: ReadonlyArray<readonly [string, JsonataFunction, string]> = [
  ['partition', partition, '<an:a>'],
  ['range', range, '<nnn:a<n>>'],
  ['hash', hash, '<ss:s>'],
  ['parse', parse, '<s:x>'],
  ['distinct', distinct, '<x:x>'],
];

/** What the functions need that draw on time and chance. */
export interface ChanceAndTime {
  now(): number;
  random(): number;
  uuid(): string;
}

// JSONata's own $now reads the wall clock; its formatting is that of $fromMillis.
const FORMATTED_TIME = jsonata('$fromMillis($time, $picture, $timezone)');

/** The functions that need the host, made per evaluation for expressions that name them. */
export const HOST_FUNCTIONS: ReadonlyMap<string, (host: ChanceAndTime) => JsonataFunction> = new Map<string, (host: ChanceAndTime) => JsonataFunction>([
  ['uuid', host => () => host.uuid()],
  ['random', host => (seed?: number) => seed === undefined ? host.random() : seededRandom(seed)],
  ['millis', host => () => host.now()],
  ['now', host => async (picture?: string, timezone?: string) => FORMATTED_TIME.evaluate(undefined, { time: host.now(), picture, timezone })],
]);
