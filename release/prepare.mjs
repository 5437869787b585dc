// Prepares a release.
// Usage: node release/prepare.mjs           tells the version that the commits since the last release ask for, and what its changelog will say
//        node release/prepare.mjs v1.2.3    makes the work tree that release: checks the tag, sets the version in package.json, and writes CHANGELOG.md and dist/notes.md
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { changelogOf, changesOf, isBefore, nextVersion } from './commits.mjs';

const VERSION = /^v(?<version>(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[a-z]+\.(?:0|[1-9]\d*))?)$/;
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 26 }).trim();

const [wanted] = process.argv.slice(2);
const releases = releasesBefore(wanted);
const last = releases.at(-1);
const changes = changesBetween(last?.tag, 'HEAD');
const least = nextVersion(last?.version, changes);

if (wanted === undefined) {
  console.log(least === undefined
    ? `Nothing that users see has changed since ${last.tag}.`
    : `${changelogOf(least, today(), changes)}\nTo release it, from main with everything pushed:\n\n  git tag v${least} && git push origin v${least}`);
} else {
  const { version } = VERSION.exec(wanted)?.groups ?? fail(`${wanted} is not a tag of a release, such as v1.2.3 or v1.2.3-rc.0.`);
  if (last && !isBefore(last.version, version)) {
    fail(`${wanted} does not come after ${last.tag}, the last release.`);
  }
  if (least !== undefined && last && isBefore(version.split('-')[0], least)) {
    fail(`Since ${last.tag} there are changes that ask for v${least} at least: ${wanted} would be too small. See "node release/prepare.mjs".`);
  }
  const section = changelogOf(version, today(), changes);
  const earlier = releases.map(({ tag, version: number, day }, index) => changelogOf(number, day, changesBetween(releases[index - 1]?.tag, tag)));
  writeFileSync('CHANGELOG.md', `# Changelog\n\n${[...earlier, section].reverse().join('\n')}`);
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/notes.md', section);
  writeFileSync('package.json', readFileSync('package.json', 'utf8').replace(/^( {2}"version": )"[^"]*"/m, `$1"${version}"`));
  console.log(`prepared ${version}`);
}

/** The releases that the history of HEAD has, but for the one that is being made, in the order of their versions. */
function releasesBefore(tag) {
  return git('tag', '--merged', 'HEAD', '--format=%(refname:short) %(creatordate:short)').split('\n')
    .map(line => line.split(' '))
    .filter(([name]) => name !== tag && VERSION.test(name))
    .map(([name, day]) => ({ tag: name, version: name.slice(1), day }))
    .sort((a, b) => isBefore(a.version, b.version) ? -1 : 1);
}

function changesBetween(from, to) {
  return changesOf(git('log', '--no-merges', '--format=%B%x00', from ? `${from}..${to}` : to).split('\0').map(message => message.trim()));
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
