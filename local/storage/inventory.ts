/**
 * Adds up what is stored. LevelDB skips what it cannot read of its log and does not check the blocks of its tables, so that an entry could be lost, or changed,
 * and nobody be told.
 */
import { crc32 } from '../wire/crc32';

/** Of the entries' meaning, and of how they are added up. */
const VERSION = 1;

/** Whether a summary was written by a runtime that stores as this one does. */
export function isOfThisVersion(summary: string): boolean {
  return !/^\{"version":\d+/.test(summary) || summary.startsWith(`{"version":${VERSION},`);
}

export class Inventory {
  private readonly checksums = new Map<string, number>();
  private sum = 0;

  /** Follows a change; returns what undoes it. */
  set(key: string, value: string | undefined): () => void {
    const before = this.checksums.get(key);
    this.replace(key, before, value === undefined ? undefined : crc32(`${key}\n${value}`));
    return () => this.replace(key, this.checksums.get(key), before);
  }

  /** The same for the same entries, in whatever order they came to be. */
  summary(): string {
    return JSON.stringify({ version: VERSION, entries: this.checksums.size, checksum: this.sum });
  }

  private replace(key: string, before: number | undefined, after: number | undefined): void {
    this.sum = (this.sum - (before ?? 0) + (after ?? 0)) >>> 0;
    if (after === undefined) {
      this.checksums.delete(key);
    } else {
      this.checksums.set(key, after);
    }
  }
}
