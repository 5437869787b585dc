import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).map(file => readFileSync(join(ROOT, folder, file), 'utf8'));
}

/** The identifiers that the library gives to problems. */
const identifiers = [...new Set(sources('src').flatMap(text => [...text.matchAll(/\b(?:problem|InvalidValueError)\(\s*'(\w+)'/g)]).map(([, id]) => id))].sort();

test('the page tells of every problem that the source has, and of no other', () => {
  const rows = [...readFileSync(join(ROOT, 'docs/problems.md'), 'utf8').matchAll(/^\| `(\w+)` \| .+ \| .+ \|$/gm)].map(([, id]) => id);
  expect(rows.length).toBeGreaterThan(30);
  expect([...rows].sort()).toEqual(identifiers);
});

test('no problem has an identifier that is put together', () => {
  const unnamed = sources('src').flatMap(text => [...text.matchAll(/\b(?<!function )(?:problem|InvalidValueError)\((?!\s*'\w+',)[^)]*/g)]).map(([call]) => call);
  expect(unnamed).toEqual(['problem(problemId, message']);
});

test.each(identifiers)('a test provokes %s', id => {
  expect(sources('test').some(text => text.includes(`'${id}'`) || text.includes(`:${id}]`))).toBe(true);
});
