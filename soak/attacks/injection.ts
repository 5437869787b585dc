import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attack } from '../support/attack';

const ROOT = join(__dirname, '../..');
const LONG_CASES = 1_000_000;
/** What a second of a machine tries, or more. */
const CASES_IN_SECOND = 250;
const SHARE = 0.2;

/** Hostile messages for templates of random values, in every position: each request is what its author meant, or is refused. */
export const attack: Attack = {
  name: 'injection',
  async run({ seconds, seed }) {
    const cases = seconds === undefined ? LONG_CASES : Math.max(2000, Math.round(seconds * SHARE * CASES_IN_SECOND));
    const directory = mkdtempSync(join(tmpdir(), 'lambdaless-soak-'));
    const results = join(directory, 'results.json');
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const { stderr } = spawnSync(process.execPath, [jest, 'test/values/templates', '--json', '--outputFile', results, '--testTimeout', '100000000'], {
      cwd: ROOT, encoding: 'utf8', env: { ...process.env, CASES: String(cases), SEED: String(seed), EACH: String(seconds === undefined ? 20 : 1), CI: 'true' },
    });
    const { numFailedTests: failed, numPassedTests: passed, testResults } = JSON.parse(readFileSync(results, 'utf8'));
    rmSync(directory, { recursive: true });
    if (failed > 0) {
      process.stderr.write(`${testResults[0]?.message ?? stderr}\n`);
    }
    return [
      { measure: `kinds of templates with a request that was altered, in ${cases.toLocaleString('en-US')} messages`, figure: failed, unit: 'kinds', goal: { atMost: 0 } },
      { measure: 'kinds of templates that were tried', figure: passed + failed, unit: 'kinds', goal: { atLeast: 5 } },
    ];
  },
};
