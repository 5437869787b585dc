import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

function bench(...args: string[]) {
  return spawnSync(process.execPath, ['bench/run.mjs', ...args], { cwd: ROOT, encoding: 'utf8' });
}

test('the benchmark of the echo runs, and holds each figure against its yardstick', () => {
  execFileSync(process.execPath, ['local/bundle.mjs'], { cwd: ROOT });
  const file = join(mkdtempSync(join(tmpdir(), 'lambdaless-')), 'benchmarks.md');
  const { status, stdout, stderr } = bench('--quick', '--json', '--only', 'echo', '--write', file);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { results } = JSON.parse(stdout);
  expect(results).toMatchObject([{ suite: 'echo', rows: expect.arrayContaining([expect.objectContaining({ measure: 'server CPU', yardstickName: 'bare ws' })]) }]);
  for (const row of results[0].rows) {
    expect(row.ours).toBeGreaterThan(0);
    expect(row.remedy ?? row.ratio / (row.ours / row.yardstick)).toEqual(row.remedy ?? expect.closeTo(1));
  }
  const page = readFileSync(file, 'utf8');
  expect(page).toContain('**Quick: one short round of each.');
  expect(page.slice(page.indexOf('## echo')).match(/^\| /gm)).toHaveLength(results[0].rows.length + 2);
}, 60_000);

test('the benchmarks of the socket run: each of its events arrives', () => {
  const { status, stdout } = bench('--quick', '--json', '--only', 'fan-out,subscribe,synthesis');
  expect(status).toBe(0);
  const rows: any[] = JSON.parse(stdout).results.flatMap((result: any) => result.rows);
  expect(rows.find(({ measure }) => measure.includes('delivered'))).toMatchObject({ ours: 100, ratio: 1 });
  expect(rows.find(({ measure }) => measure.startsWith('resources')).ratio).toBeLessThanOrEqual(1);
  expect(rows.find(({ measure }) => measure.includes('last copy')).ours).toBeGreaterThan(0);
}, 120_000);

test('a suite that is not there is named', () => {
  expect(bench('--only', 'nothing')).toMatchObject({ status: 1, stderr: expect.stringMatching(/no suite "nothing".*echo/) });
});
