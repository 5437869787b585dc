import { Level, loadClassicLevel } from './classic-level';
import { claimDirectory, damaged, skippedBytes } from './data-directory';
import { Inventory, isOfThisVersion } from './inventory';
import { StorageError } from './storage-error';
import { Storage } from '../kernel/contracts';

/** Under a key that no service's name begins with. */
const SUMMARY = '!summary';

const PAGE = 1000;

/** Entries in LevelDB, of which one process at a time may be the master. */
export class LevelStorage implements Storage {
  /** Opens the database of a directory, or makes one; throws a StorageError when it cannot be had, or is not whole. */
  static async open(directory: string): Promise<LevelStorage> {
    const ClassicLevel = loadClassicLevel();
    const location = claimDirectory(directory);
    const storage = new LevelStorage(directory, new ClassicLevel(location));
    await storage.openDatabase();
    try {
      await storage.refuseSkipped(skippedBytes(location));
      await storage.readAll();
    } catch (error) {
      await storage.close();
      throw error;
    }
    return storage;
  }

  private readonly inventory = new Inventory();
  private stored: [string, string][] = [];
  private last: Promise<void> = Promise.resolve();
  /** After a failed write the end of LevelDB's log may be half a record, behind which it would not find the next. */
  private needsReopening = false;

  private constructor(private readonly directory: string, private readonly database: Level) {}

  takeEntries(): Iterable<readonly [string, string]> {
    const entries = this.stored;
    this.stored = [];
    return entries;
  }

  write(changes: ReadonlyMap<string, string | undefined>): Promise<void> {
    const written = this.last.then(() => this.writeNow(changes));
    this.last = written.catch(() => {});
    return written;
  }

  /** Ends once everything is written. */
  async close(): Promise<void> {
    await this.last;
    await this.database.close();
  }

  private async writeNow(changes: ReadonlyMap<string, string | undefined>): Promise<void> {
    const undo = [...changes].map(([key, value]) => this.inventory.set(key, value));
    try {
      if (this.needsReopening) {
        await this.database.close();
        await this.openDatabase();
        this.needsReopening = false;
      }
      // Handed to the operating system, not to the disk: that outlives the process, though not the machine.
      await this.database.batch([
        ...[...changes].map(([key, value]) => value === undefined ? { type: 'del' as const, key } : { type: 'put' as const, key, value }),
        { type: 'put' as const, key: SUMMARY, value: this.inventory.summary() },
      ]);
    } catch (error) {
      this.needsReopening = true;
      undo.reverse().forEach(each => each());
      throw error;
    }
  }

  private async openDatabase(): Promise<void> {
    try {
      await this.database.open();
    } catch (error) {
      const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
      if (cause?.code === 'LEVEL_LOCKED') {
        throw new StorageError(`The data in ${this.directory} is in use by another copy of this runtime. Stop that one, or name another directory.`, { cause: error });
      }
      if (cause?.code === 'LEVEL_CORRUPTION') {
        throw damaged(this.directory, cause.message, error);
      }
      throw new StorageError(`The database in ${this.directory} cannot be opened: ${cause?.message ?? String(error)}`, { cause: error });
    }
  }

  /** LevelDB has made a table of what it could read of the log, so that the loss is found no second time: it is written down. */
  private async refuseSkipped(skipped: string | undefined): Promise<void> {
    if (skipped !== undefined) {
      await this.database.batch([{ type: 'put', key: SUMMARY, value: skipped }]);
      throw damaged(this.directory, skipped);
    }
  }

  private async readAll(): Promise<void> {
    let summary: string | undefined;
    for await (const [key, value] of this.read()) {
      if (key === SUMMARY) {
        summary = value;
      } else {
        this.inventory.set(key, value);
        this.stored.push([key, value]);
      }
    }
    if (this.stored.length === 0 && summary === undefined) {
      return;
    }
    if (summary !== undefined && !isOfThisVersion(summary)) {
      throw new StorageError(`The data in ${this.directory} was written by another version of this runtime. Use that version, or name another directory.`);
    }
    if (summary !== this.inventory.summary()) {
      throw damaged(this.directory, `what is there is ${this.inventory.summary()}, and what was written ${summary}`);
    }
  }

  private async *read(): AsyncGenerator<[string, string]> {
    const iterator = this.database.iterator();
    try {
      for (let page = await iterator.nextv(PAGE); page.length > 0; page = await iterator.nextv(PAGE)) {
        yield* page;
      }
    } catch (error) {
      throw damaged(this.directory, (error as Error).message, error);
    } finally {
      await iterator.close();
    }
  }
}
