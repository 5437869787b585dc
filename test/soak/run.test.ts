import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

function soak(...args: string[]) {
  const env = { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' };
  return spawnSync(process.execPath, ['--import', 'tsx', '--no-warnings', 'soak/run.ts', ...args], { cwd: ROOT, encoding: 'utf8', env });
}

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'local/bundle.mjs')]);
});

// Kills and injections are tried by tests of their own.
test('the short form of each attack holds', () => {
  const { stdout, stderr } = soak('--seconds', '1', '--seed', '7', '--only', 'delivery,vanish,fuzz,tenants', '--json');
  const { results } = JSON.parse(stdout);
  expect(results.map(({ attack }: any) => attack)).toEqual(['delivery', 'fuzz', 'tenants', 'vanish']);
  for (const { attack, rows } of results) {
    const missed = rows.filter(({ figure, goal }: any) => !(figure <= (goal?.atMost ?? Infinity) && figure >= (goal?.atLeast ?? -Infinity)));
    expect({ attack, missed, stderr }).toEqual({ attack, missed: [], stderr });
    expect(rows.some(({ goal }: any) => goal)).toBe(true);
  }
}, 300_000);

test('a test that is not there, and a number that is none, are named', () => {
  expect(soak('--only', 'nothing')).toMatchObject({ status: 1, stderr: expect.stringMatching(/no test "nothing".*delivery, fuzz, injection, kill, tenants, vanish/) });
  expect(soak('--seconds', 'ten')).toMatchObject({ status: 1, stderr: expect.stringMatching(/--seconds is ten, and has to be a number, at least 1/) });
});
