import { join, posix } from 'path';
import { testNames } from './test-names';

export const ROOT = join(__dirname, '../..');

/** Holds a reference of a document, `[file](../test/file.test.ts): name`, against the tests of that file. */
export function expectTest(reference: string): void {
  const [, label, path, name] = /^\[([\w-]+)\]\(\.\.\/(test\/\S+\.test\.ts)\): (.+)$/.exec(reference)!;
  expect(label).toBe(posix.basename(path, '.test.ts'));
  expect([...testNames(join(ROOT, path))]).toContain(name);
}
