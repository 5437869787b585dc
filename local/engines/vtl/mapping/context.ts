/** `$context`. Its maps differ from all others in that they print as nothing. */

import { createObject } from '../../jsonpath/json-model';
import { ArrayList, LinkedHashMap, MapAccess } from '../java/collections';
import { defineClass } from '../java/java-class';
import { LINKED_HASH_MAP_CLASS, MAP_DEFINITION } from '../java/map-classes';
import { doubleValue, isJavaNumber } from '../java/numbers';
import { toText } from '../java/values';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

type Variables = Readonly<Record<string, unknown>>;

/** What a template may assign to without having to make it first. */
const OVERRIDES: Variables = {
  requestOverride: { header: {}, path: {}, querystring: {} },
  responseOverride: { header: {} },
};

function isRecord(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `$context` for a template that changes no map: a window on the variables, which need not be copied. */
export class ContextView implements MapAccess {
  readonly changes = 0;

  constructor(private readonly variables: Variables, private readonly defaults: Variables = {}) {}

  get size(): number {
    return this.keys().length;
  }

  get(key: unknown): unknown {
    if (typeof key !== 'string') return undefined;
    const own = Object.hasOwn(this.variables, key) ? this.variables[key] : undefined;
    if (own !== undefined && typeof own !== 'object') return own;
    const fallback = Object.hasOwn(this.defaults, key) ? this.defaults[key] : undefined;
    const value = own ?? fallback;
    if (isRecord(value)) return new ContextView(value, isRecord(fallback) ? fallback : undefined);
    return Array.isArray(value) ? ArrayList.containing(value) : value;
  }

  has(key: unknown): boolean {
    return typeof key === 'string' && (Object.hasOwn(this.variables, key) || Object.hasOwn(this.defaults, key));
  }

  set(): never {
    throw new VtlRuntimeError('$context was taken to be read-only and can not be changed');
  }

  delete(): never {
    return this.set();
  }

  keys(): string[] {
    return Array.from(new Set([...Object.keys(this.variables), ...Object.keys(this.defaults)]));
  }
}

/** `$context` for a template that may change it. */
export class ContextMap extends LinkedHashMap {
  static of(variables: Variables, defaults: Variables = {}): ContextMap {
    const map = new ContextMap();
    for (const [key, value] of [...Object.entries(variables), ...Object.entries(defaults).filter(([name]) => !Object.hasOwn(variables, name))]) {
      const fallback = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
      map.set(key, isRecord(value) ? ContextMap.of(value, isRecord(fallback) ? fallback : undefined) : toList(value));
    }
    return map;
  }
}

function toList(value: unknown): unknown {
  if (Array.isArray(value)) return ArrayList.containing(value.map(toList));
  return isRecord(value) ? ContextMap.of(value) : value;
}

/** The value of `$context` for one rendering. */
export function createContext(variables: Variables, forChanges: boolean): ContextView | ContextMap {
  return forChanges ? ContextMap.of(variables, OVERRIDES) : new ContextView(variables, OVERRIDES);
}

const MAX_DEPTH = 100;
const MAX_VALUES = 100_000;

/** Java values to the host's: maps become objects, lists arrays, numbers numbers, all else text. */
class HostConverter {
  private count = 0;

  toRecord(map: LinkedHashMap, depth = 0): Record<string, unknown> {
    return createObject(Array.from(map, ([key, value]) => [toText(key), this.toValue(value, depth + 1)]));
  }

  private toValue(value: unknown, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new VtlRuntimeError(`$context is nested more than ${MAX_DEPTH} levels deep`);
    if (++this.count > MAX_VALUES) throw new VtlRuntimeError(`$context has more than ${MAX_VALUES} values in it`);
    if (value === null || value === undefined) return null;
    if (isJavaNumber(value)) return doubleValue(value);
    if (typeof value !== 'object') return value;
    if (Array.isArray(value)) return Array.from(value, (item) => this.toValue(item, depth + 1));
    return value instanceof LinkedHashMap ? this.toRecord(value, depth) : toText(value);
  }
}

/** A map as an object. */
export function toHostRecord(map: LinkedHashMap): Record<string, unknown> {
  return new HostConverter().toRecord(map);
}

const CONTEXT_DEFINITION = { ...MAP_DEFINITION, parent: LINKED_HASH_MAP_CLASS, text: () => '' };

defineClass<ContextView>(ContextView, { ...CONTEXT_DEFINITION, readKey: (self, key) => self.get(key) ?? null });
defineClass<ContextMap>(ContextMap, CONTEXT_DEFINITION);
