import { Storage } from '../../local/kernel/contracts';

type Changes = ReadonlyMap<string, string | undefined>;

/** A storage in memory, whose writes a test lets through, or has fail: before anything is stored, or after, as a disk may. */
export class FakeStorage implements Storage {
  readonly entries = new Map<string, string>();
  /** What each write was about. */
  readonly writes: Changes[] = [];
  private readonly faults: ('before' | 'after')[] = [];
  private held: (() => void)[] | undefined;

  takeEntries(): Iterable<readonly [string, string]> {
    return [...this.entries];
  }

  async write(changes: Changes): Promise<void> {
    this.writes.push(changes);
    if (this.held) {
      await new Promise<void>(resolve => this.held!.push(resolve));
    }
    const fault = this.faults.shift();
    if (fault !== 'before') {
      changes.forEach((value, key) => value === undefined ? this.entries.delete(utf8(key)) : this.entries.set(utf8(key), utf8(value)));
    }
    if (fault) {
      throw new Error('No space left on device');
    }
  }

  /** Has the next writes fail. */
  failNext(...faults: ('before' | 'after')[]): void {
    this.faults.push(...faults);
  }

  /** Keeps writes on their way. */
  hold(): void {
    this.held ??= [];
  }

  /** Lets those through that are on their way, and all later ones. */
  release(): void {
    const waiting = this.held ?? [];
    this.held = undefined;
    waiting.forEach(resolve => resolve());
  }
}

/** What is left of a text on a disk: UTF-8 has no halves of characters. */
function utf8(text: string): string {
  return Buffer.from(text).toString();
}
