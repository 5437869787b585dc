// Tries one of the attacks of docs/security.md, and says how often it succeeded.
// Usage: npm run attack             lists them
//        npm run attack -- <name>   tries one; the exit status is 0 when it was repelled every time
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const attacks = JSON.parse(readFileSync(new URL('attacks.json', import.meta.url), 'utf8'));
const [name, ...others] = process.argv.slice(2);

if (name === undefined) {
  console.log(Object.entries(attacks).map(([each, { tries }]) => `${each.padEnd(30)}${tries}`).join('\n'));
} else if (!Object.hasOwn(attacks, name)) {
  console.error(`There is no attack ${JSON.stringify(name)}. npm run attack lists them.`);
  process.exitCode = 2;
} else if (others.length > 0) {
  console.error(`One attack at a time; received ${[name, ...others].join(' ')}.`);
  process.exitCode = 2;
} else {
  const attempts = attemptsOf(attacks[name]);
  const succeeded = attempts.filter(({ status }) => status !== 'passed');
  console.log(attempts.map(({ status, title }) => `${status === 'passed' ? 'repelled ' : 'SUCCEEDED'}  ${title}`).join('\n'));
  succeeded.forEach(({ failureMessages }) => console.error(`\n${failureMessages.join('\n')}`));
  console.log(`${name}: ${attempts.length} attempts, ${succeeded.length} succeeded.`);
  process.exitCode = succeeded.length === 0 && attempts.length > 0 ? 0 : 1;
}

/** A test that passes is an attack that failed. */
function attemptsOf({ test, within, names = within === undefined ? undefined : [''] }) {
  const directory = mkdtempSync(join(tmpdir(), 'attack-'));
  const outputFile = join(directory, 'results.json');
  try {
    const only = names === undefined ? [] : ['--testNamePattern', names.map(name => pattern(within === undefined ? name : `${within} ${name}`)).join('|')];
    const { stderr } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--runTestsByPath', test, ...only, '--json', '--outputFile', outputFile], {
      cwd: root, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' },
    });
    const [{ assertionResults: results, message }] = JSON.parse(readFileSync(outputFile, 'utf8')).testResults;
    if (results.length === 0) {
      throw new Error(message || stderr);
    }
    return results.filter(({ status }) => status !== 'pending');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A test's name as it is written: what a row of its table makes of `%s` may be anything. */
function pattern(text) {
  return text.split(/%[sdij]/).map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*');
}
