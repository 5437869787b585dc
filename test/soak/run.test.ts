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

// How long a start takes says something about the machine as well.
test.each(['delivery', 'kill', 'vanish', 'fuzz', 'tenants'])('the short form of %s holds', name => {
  const { stdout, stderr } = soak('--seconds', '4', '--seed', '7', '--only', name, '--json');
  const { results } = JSON.parse(stdout);
  const goals = results.flatMap(({ rows }: any) => rows).filter(({ goal, unit }: any) => goal && unit !== 's');
  expect(goals.length).toBeGreaterThan(0);
  for (const { measure, figure, goal } of goals) {
    const holds = figure <= (goal.atMost ?? Infinity) && figure >= (goal.atLeast ?? -Infinity);
    expect({ measure, figure, holds, stderr }).toEqual({ measure, figure, holds: true, stderr });
  }
}, 300_000);

test('a test that is not there, and a number that is none, are named', () => {
  expect(soak('--only', 'nothing')).toMatchObject({ status: 1, stderr: expect.stringMatching(/no test "nothing".*delivery, fuzz, injection, kill, tenants, vanish/) });
  expect(soak('--seconds', 'ten')).toMatchObject({ status: 1, stderr: expect.stringMatching(/--seconds is ten, and has to be a number, at least 1/) });
});
