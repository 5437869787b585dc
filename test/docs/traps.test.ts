import { readFileSync } from 'fs';
import { join } from 'path';
import { expectTest, ROOT } from './named-tests';
import { testNames } from './test-names';

/** The tests that docs/traps.md names: in the last column of its tables. */
const cells = [...readFileSync(join(ROOT, 'docs/traps.md'), 'utf8').matchAll(/^\| .+ \| .+ \| (\[.+) \|$/gm)].map(([, cell]) => cell);
const named = cells.flatMap(cell => cell.split('<br>'));

test('every trap names the tests that show it', () => {
  expect(cells.length).toBeGreaterThan(30);
  expect(readFileSync(join(ROOT, 'docs/traps.md'), 'utf8').match(/^\| (?!trap \|)/gm)).toHaveLength(cells.length);
});

test.each(named)('there is a test: %s', reference => expectTest(reference));

test('a name that no test has is noticed', () => {
  const names = testNames(join(ROOT, 'test/local/services/states/states.test.ts'));
  expect(names).toContain('another host is refused');
  expect(names).not.toContain('another host');
  expect(names).not.toContain('apigateway:invoke');
});
