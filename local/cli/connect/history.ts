import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const MOST = 500;

const FILE = join(homedir(), '.lambdaless_history');

/** What was typed before, kept in the user's home directory. That it cannot be kept is no reason not to connect. */
export class History {
  /** The newest first, as readline wants it. */
  read(): string[] {
    try {
      return existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n').filter(line => line !== '').slice(-MOST).reverse() : [];
    } catch {
      return [];
    }
  }

  add(line: string): void {
    try {
      appendFileSync(FILE, `${line}\n`, { mode: 0o600 });
    } catch {
      // A home that cannot be written to.
    }
  }
}
