import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './named-tests';
import { testNames } from './test-names';

const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const attacks: Record<string, { test: string; within?: string; names?: string[] }> = JSON.parse(readFileSync(join(ROOT, 'test/security/attacks.json'), 'utf8'));
const rows = page.match(/^\| (?!threat \|).+\|$/gm) ?? [];
const commands = [...page.matchAll(/`npm run attack -- ([\w-]+)`/g)].map(([, name]) => name);

test('every threat has a defence, a place in the code, and an attack', () => {
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) {
    expect(row).toMatch(/^\| .+\. \| .+\. \| (\[[\w-]+\]\(\.\.\/[\w/.-]+\)(, )?)+ \| `npm run attack -- [\w-]+` \|$/);
  }
});

test('the page has every attack, and no other', () => {
  expect([...new Set(commands)].sort()).toEqual(Object.keys(attacks).sort());
});

test('the page has every long attack, and no other', () => {
  const files = readdirSync(join(ROOT, 'soak/attacks')).map(file => file.replace(/\.ts$/, ''));
  expect([...page.matchAll(/`npm run soak -- --only (\w+)`/g)].map(([, name]) => name).sort()).toEqual(files.sort());
});

test.each([...new Set([...page.matchAll(/\]\(\.\.\/([\w/.-]+)\)/g)].map(([, path]) => path))])('%s is there', path => {
  expect(existsSync(join(ROOT, path))).toBe(true);
});

test.each(Object.entries(attacks))('the attack %s is tried by tests that are there', (_name, attack) => {
  const names = testNames(join(ROOT, attack.test));
  expect(names.size).toBeGreaterThan(0);
  expect(readFileSync(join(ROOT, attack.test), 'utf8')).toContain(attack.within === undefined ? '' : `describe('${attack.within}'`);
  expect((attack.names ?? []).filter(name => !names.has(name))).toEqual([]);
});
