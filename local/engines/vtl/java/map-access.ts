import { LinkedHashMap, MapAccess } from './collections';
import { getProperty, hasProperty } from '../../jsonpath/json-model';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

/** The methods of a map over a plain object. A template that changes maps is given none: an object can not keep digit-only keys in order. */
class ObjectAccess implements MapAccess {
  readonly changes = 0;

  constructor(private readonly object: object) {}

  get size(): number {
    return Object.keys(this.object).length;
  }

  get(key: unknown): unknown {
    return typeof key === 'string' ? getProperty(this.object, key) : undefined;
  }

  has(key: unknown): boolean {
    return typeof key === 'string' && hasProperty(this.object, key);
  }

  set(): never {
    throw new VtlRuntimeError('A map that was taken to be read-only can not be changed');
  }

  delete(): never {
    return this.set();
  }

  keys(): Iterable<unknown> {
    return Object.keys(this.object);
  }
}

/** Whether an object brings a map's methods itself. */
function isMapAccess(map: object): map is MapAccess {
  return map instanceof LinkedHashMap || (Object.getPrototypeOf(map) !== Object.prototype && Object.getPrototypeOf(map) !== null);
}

/** A map's methods, for any kind of map. */
export function mapAccess(map: object): MapAccess {
  return isMapAccess(map) ? map : new ObjectAccess(map);
}
