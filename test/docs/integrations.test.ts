import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { expectTest, ROOT } from './named-tests';
import * as library from '../../src';

const text = readFileSync(join(ROOT, 'docs/integrations.md'), 'utf8');
const [table, mistakes] = text.split('## Five published ways');

test('every integration is in the table', () => {
  const listed = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).filter(name => name in library);
  const integrations = Object.entries(library)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof library.DirectIntegration)
    .map(([name]) => name);
  expect(listed.sort()).toEqual(integrations.sort());
});

const references = [...mistakes.matchAll(/^\| .+ \| .+ \| (\[.+) \| (\[.+) \|$/gm)].flatMap(([, before, after]) => [before, after]);

test('every mistake is shown before and after', () => {
  expect(references).toHaveLength(10);
});

test.each(references)('there is a test: %s', reference => expectTest(reference));

test('every integration has a test that runs it', () => {
  const directory = join(ROOT, 'test/contract/integrations');
  const tests = readdirSync(directory).map(file => readFileSync(join(directory, file), 'utf8')).join('');
  for (const [, name] of table.matchAll(/^\| `(\w+)` \|/gm)) {
    if (name in library) {
      expect(tests).toMatch(new RegExp(`new ${name}\\(`));
    }
  }
});
