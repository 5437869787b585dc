// Holds the API against the last release that npm has, and refuses what would break its users.
// Usage: node release/compatibility.mjs, after `jsii`
// A version that may break has to name in .compatignore what it breaks, by the keys that are printed. Any other may break nothing, whatever is named there.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayBreak } from './commits.mjs';

const shell = process.platform === 'win32';
const { name, version, peerDependencies = {}, devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const last = lastRelease();

if (last === undefined) {
  console.log(`npm has no ${name} yet: there is nothing to hold the API against.`);
} else {
  const directory = mkdtempSync(join(tmpdir(), 'compatibility-'));
  try {
    // With the peers that are here: what classes inherit from newer ones would seem to be gone. And not by jsii-diff, which takes a registry that does not answer
    // for one that has no such package, and is content.
    const peers = Object.keys(peerDependencies).map(peer => `${peer}@${devDependencies[peer]}`);
    execFileSync('npm', ['install', '--silent', '--no-audit', '--prefix', directory, `${name}@${last}`, ...peers], { stdio: 'inherit', shell });
    const ignored = mayBreak(version, last) ? ['--ignore-file', '.compatignore'] : [];
    const { status } = spawnSync('npx', ['--no-install', 'jsii-diff', join(directory, 'node_modules', name), '.', '--keys', ...ignored], { stdio: 'inherit', shell });
    console.log(status === 0 ? `The API is compatible with ${last}, as far as ${version} has to be.` : `${version} may not break the API of ${last} like that.`);
    process.exitCode = status ?? 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The version that npm gives to those who name none; undefined when it does not know the package. */
function lastRelease() {
  const { stdout, stderr } = spawnSync('npm', ['view', name, 'version', '--json'], { encoding: 'utf8', shell });
  const answer = parsed(stdout);
  if (typeof answer === 'string') {
    return answer;
  }
  if (answer?.error?.code === 'E404') {
    return undefined;
  }
  throw new Error(`npm does not say what the last release of ${name} is:\n${stdout}${stderr}`);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
