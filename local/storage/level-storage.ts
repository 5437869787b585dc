import { Level, loadClassicLevel } from './classic-level';
import { claimDirectory, damaged } from './data-directory';
import { Inventory } from './inventory';
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
    const storage = new LevelStorage(directory, new ClassicLevel(claimDirectory(directory)));
    await storage.openDatabase();
    try {
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
        await this.database.open();
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
      throw damaged(this.directory, cause?.message ?? String(error), error);
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
    if (summary !== this.inventory.summary()) {
      throw damaged(this.directory, `it does not add up (${this.inventory.summary()}, and should be ${summary ?? 'nothing'})`);
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
