import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '../..');
const { tables, day, cost } = JSON.parse(execFileSync(process.execPath, ['simulation/run.mjs', '--json'], { cwd: ROOT, encoding: 'utf8' }));

test.each(['simulation', 'engines'])('the tables of docs/%s.md are those of the model', page => {
  const text = readFileSync(join(ROOT, `docs/${page}.md`), 'utf8');
  const names = [...text.matchAll(/<!-- (\w+) -->/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    expect(text).toContain(`<!-- ${name} -->\n${tables[name]}\n`);
  }
});

test('every table is on a page', () => {
  const pages = ['simulation', 'engines'].map(page => readFileSync(join(ROOT, `docs/${page}.md`), 'utf8')).join('');
  expect(Object.keys(tables).filter(name => !pages.includes(`<!-- ${name} -->`))).toEqual([]);
});

test('what is sent arrives, is given up, or is still on its way', () => {
  const { total, announcements, peak } = day;
  const announced = announcements.reduce((sum: number, { clients }: { clients: number }) => sum + clients, 0);
  expect(total.posts + total.lost + total.waitingAtMidnight).toBe(total.personal + 50 * total.room + announced);
  expect(announcements).toHaveLength(total.announcements);
  expect(peak.posts).toBeLessThanOrEqual(15_000);
});

test('the costs by hand: what is open, and what is sent, at AWS\'s prices', () => {
  const open = day.total.connectionSeconds / 60 / 1e6 * 0.25;
  const sent = day.total.posts / 1e6;
  expect(cost.socket).toBeGreaterThan(open + sent);
  expect(tables.cost).toContain(open.toFixed(2));
  expect(tables.cost).toContain(sent.toFixed(2));
  // One Express execution of 90 ms, four reads, and the event.
  expect(tables.engines).toContain(`| 0 |  | ${(1 + 1 + 16.67 * 0.0625 * 0.1 + 4 * 0.125).toFixed(2)} | 1.00 |`);
});
