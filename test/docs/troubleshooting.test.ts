import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './named-tests';

/** Where the errors that clients meet are written. */
const SOURCES = ['src/responses/error-frames.ts', 'src/subscriptions/protocol-errors.ts', 'src/connections/direct-message-workflow.ts'];

const codesIn = (file: string) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:code: |final\()'([A-Z]\w+)'/g)].map(([, code]) => code);

test.each(SOURCES)('every code of %s is on the page', file => {
  const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
  const codes = codesIn(file);
  expect(codes.length).toBeGreaterThan(3);
  expect(codes.filter(code => !page.includes(`\`${code}\``))).toEqual([]);
});

test('every error of a subscription is in the protocol', () => {
  const page = readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8');
  expect(codesIn('src/subscriptions/protocol-errors.ts').filter(code => !page.includes(`\`${code}\``))).toEqual([]);
});
