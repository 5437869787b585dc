import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFaults } from '../../local/faults/read-faults';
import { SERVICES } from '../../local/main';
import { TestKernel } from '../support/test-kernel';

const page = readFileSync(join(__dirname, '../../docs/faults.md'), 'utf8');
const snippets = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text);

test('the page has snippets', () => {
  expect(snippets.length).toBeGreaterThan(5);
});

test.each(snippets)('a file of the page is one: %s', text => {
  expect(parseFaults(text, 'faults.yaml', new TestKernel(...SERVICES).kernel.services).rules.length).toBeGreaterThan(0);
});
