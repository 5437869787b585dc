import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that lasts as long as this process. */
export function temporaryDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'lambdaless-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
