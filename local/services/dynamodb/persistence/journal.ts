/**
 * What memory has changed already, on its way to the storage. Everything that one turn changes is stored together, and while one group is being
 * written the next one gathers.
 */
import { AwsError } from '../../../kernel/aws-error';
import { Storage } from '../../../kernel/contracts';

/** An entry's value, which is never changed itself; undefined where there is no entry. */
export type Value = object | undefined;

/** A change of one entry, and how memory goes back on it. */
export interface Change {
  readonly key: string;
  readonly before: Value;
  readonly after: Value;
  readonly undo: () => void;
}

/** Changes that are stored together. */
class Group {
  readonly before = new Map<string, Value>();
  readonly after = new Map<string, Value>();
  readonly undo: (() => void)[] = [];
  readonly stored: Promise<void>;
  resolve!: () => void;
  reject!: (error: unknown) => void;

  constructor() {
    this.stored = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    // Nobody may wait for it.
    this.stored.catch(() => {});
  }

  add({ key, before, after, undo }: Change): void {
    if (!this.before.has(key)) {
      this.before.set(key, before);
    }
    this.after.set(key, after);
    this.undo.push(undo);
  }
}

export class Journal {
  private gathering?: Group;
  private writing?: Group;
  private isRunning = false;
  /** What a failed write may have left in the storage, as it should be there: stored with the next write. */
  private readonly doubtful = new Map<string, Value>();

  constructor(private readonly storage: Storage, private readonly report: (error: unknown) => void) {}

  /** Notes what memory has just changed. */
  record(change: Change): void {
    this.gathering ??= new Group();
    this.gathering.add(change);
    if (!this.isRunning) {
      this.isRunning = true;
      void this.run();
    }
  }

  /** Resolves once all that memory has changed by now is stored; rejects when memory had to go back on it. Undefined when there is nothing to wait for. */
  settled(): Promise<void> | undefined {
    return (this.gathering ?? this.writing)?.stored;
  }

  private async run(): Promise<void> {
    // The turn ends first: what it changes belongs together.
    await undefined;
    while (this.gathering) {
      const group = this.gathering;
      this.writing = group;
      this.gathering = undefined;
      try {
        await this.write(group.after);
        group.resolve();
      } catch (error) {
        this.goBack(group);
        this.report(error);
        // Should this fail as well, the next group brings it.
        await this.write(new Map()).catch(() => {});
      }
      this.writing = undefined;
    }
    this.isRunning = false;
  }

  private async write(values: ReadonlyMap<string, Value>): Promise<void> {
    const texts = new Map<string, string | undefined>();
    for (const source of [this.doubtful, values]) {
      source.forEach((value, key) => texts.set(key, value && JSON.stringify(value)));
    }
    await this.storage.write(texts);
    this.doubtful.clear();
  }

  /** Takes memory back to what was stored before a group, and with it what was built upon the group. */
  private goBack(group: Group): void {
    const later = this.gathering;
    this.gathering = undefined;
    this.writing = undefined;
    for (const each of later ? [later, group] : [group]) {
      each.undo.reverse().forEach(undo => undo());
      each.before.forEach((value, key) => this.doubtful.set(key, value));
      each.reject(new AwsError('InternalServerError', 'The server encountered an internal error trying to fulfill the request.', 500));
    }
  }
}
