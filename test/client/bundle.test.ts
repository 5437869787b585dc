import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const ROOT = join(__dirname, '../..');
const BUNDLE = join(ROOT, 'bin/client');

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'client/bundle.mjs')]);
});

test.each(['index.mjs', 'index.cjs'])('%s is under 6 KB compressed', file => {
  const bytes = readFileSync(join(BUNDLE, file));
  expect(gzipSync(bytes, { level: 9 }).length).toBeLessThan(6000);
  expect(brotliCompressSync(bytes).length).toBeLessThan(6000);
});

test.each([
  ['a module', ['--input-type=module', '-e', `import { EventClient, ClientProblem } from '${BUNDLE}/index.mjs'; console.log(typeof EventClient, typeof ClientProblem);`]],
  ['require', ['-e', `const { EventClient, ClientProblem } = require('${BUNDLE}/index.cjs'); console.log(typeof EventClient, typeof ClientProblem);`]],
])('it is there for %s', (_case, args) => {
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('function function\n');
});

test('its declarations refer to nothing outside of themselves, and to nothing internal', () => {
  const files = readdirSync(BUNDLE).filter(file => file.endsWith('.d.ts'));
  expect(files).toContain('index.d.ts');
  for (const file of files) {
    const text = readFileSync(join(BUNDLE, file), 'utf8');
    for (const [, path] of text.matchAll(/from ["'](.+?)["']/g)) {
      expect(files).toContain(`${path.replace('./', '')}.d.ts`);
    }
    expect(text).not.toMatch(/@internal|acknowledge\(/);
  }
});

test('the licence of what it holds is beside it', () => {
  expect(readFileSync(join(BUNDLE, 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toMatch(/Permission is hereby granted/);
});
