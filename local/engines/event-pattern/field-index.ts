/**
 * Finds entries by the values of one field.
 */
import { FieldValues } from './event-fields';
import { IndexKey } from './index-key';
import { addressDigits, Scalar } from './value-test';

type Table<K, E> = Map<K, E[]>;

/** Entries under the keys of one field. */
export class FieldIndex<E> {
  private readonly equal: Table<Scalar, E> = new Map();
  private readonly upperCase: Table<string, E> = new Map();
  private readonly addresses: Table<string, E> = new Map();
  /** By the length of the prefix, since a value has one prefix of each length. */
  private readonly prefixes = new Map<number, Table<string, E>>();
  private readonly suffixes = new Map<number, Table<string, E>>();
  private anyValue: E[] = [];
  private entries = 0;

  get isEmpty(): boolean {
    return this.entries === 0;
  }

  /** How many entries are under a key. */
  count(key: IndexKey): number {
    switch (key.kind) {
      case 'equals': return this.equal.get(key.value)?.length ?? 0;
      case 'upper-case': return this.upperCase.get(key.text)?.length ?? 0;
      case 'address': return this.addresses.get(key.digits)?.length ?? 0;
      case 'prefix': return this.prefixes.get(key.text.length)?.get(key.text)?.length ?? 0;
      case 'suffix': return this.suffixes.get(key.text.length)?.get(key.text)?.length ?? 0;
      case 'any-value': return this.anyValue.length;
    }
  }

  /** Puts an entry under a key. */
  add(key: IndexKey, entry: E): void {
    this.entries++;
    switch (key.kind) {
      case 'equals': return put(this.equal, key.value, entry);
      case 'upper-case': return put(this.upperCase, key.text, entry);
      case 'address': return put(this.addresses, key.digits, entry);
      case 'prefix': return putByLength(this.prefixes, key.text, entry);
      case 'suffix': return putByLength(this.suffixes, key.text, entry);
      case 'any-value': this.anyValue.push(entry);
    }
  }

  /** Takes an entry from under a key, where it has been put. */
  delete(key: IndexKey, entry: E): void {
    this.entries--;
    switch (key.kind) {
      case 'equals': return take(this.equal, key.value, entry);
      case 'upper-case': return take(this.upperCase, key.text, entry);
      case 'address': return take(this.addresses, key.digits, entry);
      case 'prefix': return takeByLength(this.prefixes, key.text, entry);
      case 'suffix': return takeByLength(this.suffixes, key.text, entry);
      case 'any-value': remove(this.anyValue, entry);
    }
  }

  /** Visits the entries whose keys some value of the field has; an entry may be visited more than once. */
  visit({ size, values }: FieldValues, visitor: (entry: E) => void): void {
    this.anyValue.forEach(visitor);
    for (let index = 0; index < size; index++) {
      const value = values[index];
      this.equal.get(value)?.forEach(visitor);
      if (typeof value === 'string') {
        this.visitString(value, visitor);
      } else if (this.addresses.size > 0) {
        this.visitAddress(addressDigits(value), visitor);
      }
    }
  }

  private visitString(value: string, visitor: (entry: E) => void): void {
    for (const [length, table] of this.prefixes) {
      if (length <= value.length) {
        table.get(value.slice(0, length))?.forEach(visitor);
      }
    }
    for (const [length, table] of this.suffixes) {
      if (length <= value.length) {
        table.get(value.slice(-length))?.forEach(visitor);
      }
    }
    if (this.upperCase.size > 0) {
      this.upperCase.get(value.toUpperCase())?.forEach(visitor);
    }
    if (this.addresses.size > 0) {
      this.visitAddress(addressDigits(value), visitor);
    }
  }

  private visitAddress(digits: string | undefined, visitor: (entry: E) => void): void {
    if (digits !== undefined) {
      this.addresses.get(digits)?.forEach(visitor);
      // An IPv4 address in a pattern also accepts the IPv6 addresses that begin with its digits.
      if (digits.length > 8) {
        this.addresses.get(digits.slice(0, 8))?.forEach(visitor);
      }
    }
  }
}

function put<K, E>(table: Table<K, E>, key: K, entry: E): void {
  const entries = table.get(key);
  if (entries === undefined) {
    table.set(key, [entry]);
  } else {
    entries.push(entry);
  }
}

function take<K, E>(table: Table<K, E>, key: K, entry: E): void {
  const entries = table.get(key);
  if (entries !== undefined) {
    remove(entries, entry);
    if (entries.length === 0) {
      table.delete(key);
    }
  }
}

function putByLength<E>(tables: Map<number, Table<string, E>>, text: string, entry: E): void {
  let table = tables.get(text.length);
  if (table === undefined) {
    table = new Map();
    tables.set(text.length, table);
  }
  put(table, text, entry);
}

function takeByLength<E>(tables: Map<number, Table<string, E>>, text: string, entry: E): void {
  const table = tables.get(text.length);
  if (table !== undefined) {
    take(table, text, entry);
    if (table.size === 0) {
      tables.delete(text.length);
    }
  }
}

function remove<E>(entries: E[], entry: E): void {
  const index = entries.indexOf(entry);
  if (index >= 0) {
    entries.splice(index, 1);
  }
}
