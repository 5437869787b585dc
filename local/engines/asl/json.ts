/** Plain JSON data: narrowing, safe member definition, sizes and copies. */

/** A JSON object, as far as the interpreter looks into it. */
export type JsonObject = Record<string, unknown>;

/** Narrows to a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets a member under a name that came from data: plain assignment to `__proto__` would change the prototype instead. */
export function setMember(target: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

/** The name AWS's messages give to the type of a JSON value. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A text that equal values have in common, whatever the order of their members. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join(',')}}`;
}

/** The largest input, output or task result that a state may have, in bytes of JSON. */
export const PAYLOAD_LIMIT = 262_144;

// A UTF-16 unit takes at most six bytes as JSON (an escaped control character).
const BYTES_PER_UNIT = 6;

/** Whether the value as JSON is longer than the limit; measures exactly only when a generous estimate comes near it. */
export function exceedsBytes(value: unknown, limit: number): boolean {
  return upperBound(value, limit) > limit && Buffer.byteLength(JSON.stringify(value) ?? '') > limit;
}

function upperBound(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length * BYTES_PER_UNIT + 2;
  if (typeof value !== 'object' || value === null) return 26;
  let total = 2;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && total <= limit; index++) total += 1 + upperBound(value[index], limit - total);
    return total;
  }
  for (const name in value) {
    total += name.length * BYTES_PER_UNIT + 4 + upperBound((value as JsonObject)[name], limit - total);
    if (total > limit) return total;
  }
  return total;
}
