import { summaryOf, Summary, TraceRecord } from './records';

/** A record with what it has set off. */
export interface Item {
  record: TraceRecord;
  summary: Summary;
  readonly children: Item[];
  parent?: Item;
  /** Whether anything that it has set off has failed. */
  hasFailed: boolean;
  /** What is searched, in lower case. */
  text: string;
}

export interface Filter {
  readonly text: string;
  /** Kinds that are not shown. */
  readonly hidden: ReadonlySet<string>;
  readonly onlyFailed: boolean;
}

const SEARCHED_LENGTH = 600;
const MOST_RECORDS = 150_000;

/** All that the page knows of what happened: what came from outside, in its order, and what each of it has set off. */
export class Store {
  readonly roots: Item[] = [];
  /** Counts changes, so that who shows them knows that there are new ones. */
  version = 0;
  private readonly bySequence = new Map<number, Item>();
  /** What came before what it was caused by. */
  private readonly orphans = new Map<number, Item[]>();

  get size(): number {
    return this.bySequence.size;
  }

  add(records: readonly TraceRecord[]): Item[] {
    const added = records.map(record => this.take(record));
    while (this.bySequence.size > MOST_RECORDS && this.roots.length > 1) {
      this.roots.splice(0, Math.ceil(this.roots.length / 10)).forEach(root => this.forget(root));
    }
    this.version += 1;
    return added;
  }

  clear(): void {
    this.roots.length = 0;
    this.bySequence.clear();
    this.orphans.clear();
    this.version += 1;
  }

  find(sequence: number): Item | undefined {
    return this.bySequence.get(sequence);
  }

  /** What the filter lets through, the latest last. */
  filtered({ text, hidden, onlyFailed }: Filter): Item[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0 && hidden.size === 0 && !onlyFailed) {
      return this.roots;
    }
    return this.roots.filter(item => !hidden.has(item.record.entry.kind) && (!onlyFailed || item.hasFailed) && words.every(word => item.text.includes(word)));
  }

  private take(record: TraceRecord): Item {
    const known = this.bySequence.get(record.sequence);
    if (known) {
      known.record = record;
      known.summary = summaryOf(record.entry);
      this.note(known);
      return known;
    }
    const item: Item = { record, summary: summaryOf(record.entry), children: [], hasFailed: false, text: '' };
    this.bySequence.set(record.sequence, item);
    if (record.cause === undefined) {
      insert(this.roots, item);
    } else {
      const parent = this.bySequence.get(record.cause);
      if (parent) {
        this.adopt(parent, item);
      } else {
        this.orphans.set(record.cause, [...this.orphans.get(record.cause) ?? [], item]);
      }
    }
    this.orphans.get(record.sequence)?.forEach(child => this.adopt(item, child));
    this.orphans.delete(record.sequence);
    this.note(item);
    return item;
  }

  private adopt(parent: Item, child: Item): void {
    child.parent = parent;
    insert(parent.children, child);
    if (child.hasFailed) {
      fail(parent);
    }
  }

  private note(item: Item): void {
    const { entry } = item.record;
    const { requestId, connectionId, arn } = entry as { requestId?: string; connectionId?: string; arn?: string };
    const { title, detail, why } = item.summary;
    item.text = [entry.kind, title, detail.slice(0, SEARCHED_LENGTH), why?.slice(0, SEARCHED_LENGTH), requestId, connectionId, arn].join(' ').toLowerCase();
    if (item.summary.outcome === 'failed') {
      fail(item);
    }
  }

  private forget(item: Item): void {
    this.bySequence.delete(item.record.sequence);
    item.children.forEach(child => this.forget(child));
  }
}

function fail(item: Item): void {
  for (let each: Item | undefined = item; each && !each.hasFailed; each = each.parent) {
    each.hasFailed = true;
  }
}

/** Nearly all come in their order. */
function insert(items: Item[], item: Item): void {
  let index = items.length;
  while (index > 0 && items[index - 1].record.sequence > item.record.sequence) {
    index -= 1;
  }
  items.splice(index, 0, item);
}
