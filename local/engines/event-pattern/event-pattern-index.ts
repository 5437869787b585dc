/**
 * Matches an event against many patterns at once.
 *
 * Each rule of a pattern is filed under one of its fields: the one whose values few other rules share. An event then
 * only has to be held against the rules filed under the values it has, which is a handful among thousands.
 */
import { EventFields, FieldName, FieldValues } from './event-fields';
import { EventPattern } from './event-pattern';
import { FieldIndex } from './field-index';
import { IndexKey, indexKeys } from './index-key';
import { PatternRule } from './pattern-rule';
import { RuleMatcher } from './rule-matcher';

interface Subscriber<T> {
  readonly value: T;
  readonly order: number;
  patterns: number;
  matchedBy: number;
}

interface Entry<T> {
  readonly matcher: RuleMatcher;
  readonly subscriber: Subscriber<T>;
  readonly place?: Place;
  visitedBy: number;
}

/** Where a rule is filed. */
interface Place {
  readonly field: FieldValues;
  readonly name: FieldName;
  readonly keys: readonly IndexKey[];
}

/** How much worse than a free key of another kind these are: what they find has to be looked at in vain more often. */
const EXTRA_COST: Record<IndexKey['kind'], number> = { 'equals': 0, 'upper-case': 1, 'address': 1, 'prefix': 2, 'suffix': 2, 'any-value': 16 };

/** Values, each found by the patterns it was added with. */
export class EventPatternIndex<T> {
  private readonly fields = new EventFields();
  private readonly indexes = new Map<FieldValues, FieldIndex<Entry<T>>>();
  /** Rules that match without any of their fields; they are always looked at. */
  private readonly unfiled = new Set<Entry<T>>();
  private readonly entries = new Map<EventPattern, Map<T, Entry<T>[]>>();
  private readonly subscribers = new Map<T, Subscriber<T>>();
  private added = 0;
  private matches = 0;

  /** Makes a pattern find a value; adding the same pair again changes nothing. */
  add(pattern: EventPattern, value: T): void {
    const byValue = this.entries.get(pattern) ?? new Map<T, Entry<T>[]>();
    if (byValue.has(value)) {
      return;
    }
    const subscriber = this.subscribers.get(value) ?? { value, order: this.added++, patterns: 0, matchedBy: 0 };
    subscriber.patterns++;
    this.subscribers.set(value, subscriber);
    this.entries.set(pattern, byValue.set(value, pattern.rules.map(rule => this.file(rule, subscriber))));
  }

  /** Makes a pattern no longer find a value. */
  delete(pattern: EventPattern, value: T): void {
    const byValue = this.entries.get(pattern);
    const entries = byValue?.get(value);
    if (byValue === undefined || entries === undefined) {
      return;
    }
    entries.forEach(entry => this.unfile(entry));
    byValue.delete(value);
    if (byValue.size === 0) {
      this.entries.delete(pattern);
    }
    const subscriber = entries[0].subscriber;
    if (--subscriber.patterns === 0) {
      this.subscribers.delete(value);
    }
  }

  /** The values whose patterns match an event, each once, in the order they were added. */
  match(event: unknown): T[] {
    if (!this.fields.read(event)) {
      return [];
    }
    const current = ++this.matches;
    const matched: Subscriber<T>[] = [];
    const visit = (entry: Entry<T>) => {
      if (entry.visitedBy !== current) {
        entry.visitedBy = current;
        const { subscriber } = entry;
        if (subscriber.matchedBy !== current && entry.matcher.matches()) {
          subscriber.matchedBy = current;
          matched.push(subscriber);
        }
      }
    };
    for (const field of this.fields.found) {
      this.indexes.get(field)?.visit(field, visit);
    }
    this.unfiled.forEach(visit);
    return matched.sort((a, b) => a.order - b.order).map(subscriber => subscriber.value);
  }

  private file(rule: PatternRule, subscriber: Subscriber<T>): Entry<T> {
    const place = this.choosePlace(rule);
    const entry: Entry<T> = { matcher: new RuleMatcher(rule, this.fields), subscriber, place, visitedBy: 0 };
    if (place === undefined) {
      this.unfiled.add(entry);
    } else {
      const index = this.indexes.get(place.field) ?? new FieldIndex<Entry<T>>();
      this.indexes.set(place.field, index);
      place.keys.forEach(key => index.add(key, entry));
    }
    return entry;
  }

  private unfile(entry: Entry<T>): void {
    entry.matcher.release();
    const { place } = entry;
    if (place === undefined) {
      this.unfiled.delete(entry);
      return;
    }
    const index = this.indexes.get(place.field)!;
    place.keys.forEach(key => index.delete(key, entry));
    if (index.isEmpty) {
      this.indexes.delete(place.field);
    }
    this.fields.release(place.name);
  }

  private choosePlace(rule: PatternRule): Place | undefined {
    let best: { name: FieldName; keys: readonly IndexKey[]; cost: number } | undefined;
    for (const condition of rule) {
      const keys = indexKeys(condition);
      if (keys !== undefined) {
        const field = this.fields.find(condition);
        const index = field && this.indexes.get(field);
        const cost = keys.reduce((sum, key) => sum + EXTRA_COST[key.kind] + (index?.count(key) ?? 0), 0);
        if (best === undefined || cost < best.cost) {
          best = { name: condition, keys, cost };
        }
      }
    }
    return best && { field: this.fields.use(best.name), name: best.name, keys: best.keys };
  }
}
