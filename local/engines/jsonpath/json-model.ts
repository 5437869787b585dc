/**
 * How the engine sees a JSON document. An object is a plain object or a `Map`; a number is a number, a bigint or a `NumberObject`, so that a
 * host may keep apart what JSON.parse throws together (1 and 1.0, the order of digit-only keys). Only own properties count.
 */

/** A number of a type that JavaScript has not. */
export abstract class NumberObject {
  abstract valueOf(): number;
}

const hasOwn = Object.prototype.hasOwnProperty;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberObject);
}

/** The value of an object's own property, or undefined. */
export function getProperty(object: object, name: string): unknown {
  if (object instanceof Map) return object.get(name);
  return hasOwn.call(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

/** Whether an object has a property of its own by that name. */
export function hasProperty(object: object, name: string): boolean {
  return object instanceof Map ? object.has(name) : hasOwn.call(object, name);
}

/** An object's own property names, in order. */
export function propertyNames(object: object): string[] {
  return object instanceof Map ? Array.from(object.keys(), String) : Object.keys(object);
}

/** A number in whichever form the host keeps it, or undefined. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || value instanceof NumberObject) return Number(value);
  return undefined;
}

/** An object of the given properties; safe for any name, `__proto__` included. */
export function createObject(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries) Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  return object;
}

const MAX_COMPARISON_DEPTH = 500;

/** Deep equality of two JSON values. */
export function deepEqual(left: unknown, right: unknown, depth = 0): boolean {
  if (left === right) return true;
  const number = asNumber(left);
  if (number !== undefined) return number === asNumber(right);
  if (depth > MAX_COMPARISON_DEPTH) return false;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, index) => deepEqual(item, right[index], depth + 1));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = propertyNames(left);
  return names.length === propertyNames(right).length
    && names.every((name) => hasProperty(right, name) && deepEqual(getProperty(left, name), getProperty(right, name), depth + 1));
}
