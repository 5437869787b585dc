/** The limit of what a state may hand on. */
import { StatesError } from './errors';
import { JsonObject } from './json';

/** The largest input, output or task result that a state may have, in bytes of JSON. */
const LIMIT = 262_144;

// A UTF-16 unit takes at most six bytes as JSON (an escaped control character).
const BYTES_PER_UNIT = 6;

/** Refuses a value that is too large to be handed on. */
export function checkPayload(value: unknown, origin: string): void {
  if (upperBound(value) <= LIMIT) return;
  // The generous estimate comes near the limit.
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
  if (bytes > LIMIT) {
    throw new StatesError('States.DataLimitExceeded', `The state/task '${origin}' returned a result with a size exceeding the maximum number of bytes service limit.`);
  }
  if (isContainer(value)) remembered.set(value, bytes);
}

/** Larger values than this are measured once: the values of an execution never change, and go from state to state, whole or in parts. */
const WORTH_REMEMBERING = 1024;
const remembered = new WeakMap<object, number>();

/** Bytes of the value as JSON at most. */
function upperBound(value: unknown): number {
  if (typeof value === 'string') return value.length * BYTES_PER_UNIT + 2;
  if (!isContainer(value)) return 26;
  const known = remembered.get(value);
  if (known !== undefined) return known;
  let total = 2;
  if (Array.isArray(value)) {
    for (const item of value) total += 1 + upperBound(item);
  } else {
    for (const name in value) total += name.length * BYTES_PER_UNIT + 4 + upperBound((value as JsonObject)[name]);
  }
  if (total > WORTH_REMEMBERING) remembered.set(value, total);
  return total;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
