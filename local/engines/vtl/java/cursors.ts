/** Going through collections. Java's refuse to go on when the collection has changed meanwhile. */

import { MapAccess, MapEntry } from './collections';
import { Cursor } from './cursor';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';

function checkUnchanged(unchanged: boolean): void {
  if (!unchanged) throw new VtlRuntimeError('A collection can not be changed while something goes through it');
}

/** Goes through a list. */
export class ListCursor implements Cursor {
  private index = 0;
  private readonly length: number;

  constructor(private readonly list: readonly unknown[]) {
    this.length = list.length;
  }

  hasNext(): boolean {
    return this.index !== this.list.length;
  }

  next(): unknown {
    checkUnchanged(this.list.length === this.length);
    return this.list[this.index++] ?? null;
  }
}

/** Goes through the keys, values or entries of a map. */
export class MapCursor implements Cursor {
  private readonly keys: Iterator<unknown>;
  private readonly changes: number;
  private upcoming: IteratorResult<unknown>;

  constructor(private readonly map: MapAccess, private readonly part: 'keys' | 'values' | 'entries') {
    this.keys = map.keys()[Symbol.iterator]();
    this.changes = map.changes;
    this.upcoming = this.keys.next();
  }

  hasNext(): boolean {
    return this.upcoming.done !== true;
  }

  next(): unknown {
    checkUnchanged(this.map.changes === this.changes);
    const key: unknown = this.upcoming.value;
    this.upcoming = this.keys.next();
    if (this.part === 'keys') return key;
    return this.part === 'values' ? this.map.get(key) ?? null : new MapEntry(this.map, key);
  }
}

/** java.util.Iterator, as a template gets it from a collection. */
export class JavaIterator implements Cursor {
  constructor(private readonly cursor: Cursor) {}

  hasNext(): boolean {
    return this.cursor.hasNext();
  }

  next(): unknown {
    if (!this.hasNext()) throw new VtlRuntimeError('The iterator has no more elements');
    return this.cursor.next();
  }
}
