// Prepares a release.
// Usage: node release/prepare.mjs           tells the version that the commits since the last release ask for, and what its changelog will say
//        node release/prepare.mjs v1.2.3    makes the work tree that release: checks the tag, sets the version in package.json, and writes CHANGELOG.md and dist/notes.md
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { changelogOf, changesOf, finalOf, isBefore, nextVersion } from './commits.mjs';

const VERSION = /^v(?<version>(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:alpha|beta|rc)\.(?:0|[1-9]\d*))?)$/;
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 26 }).trim();

const [wanted] = process.argv.slice(2);
const releases = releasesBut(wanted, '--merged', 'HEAD');
// Candidates are on the way to a release: what users hear of is what has changed since the last that was none.
const finals = releases.filter(({ version }) => version === finalOf(version));
const [last, lastFinal] = [releases.at(-1), finals.at(-1)];
const changes = changesSince(lastFinal?.tag, 'HEAD');
const least = nextVersion(lastFinal?.version, changes);

if (wanted === undefined) {
  const candidate = last === lastFinal ? undefined : finalOf(last.version);
  const next = least && candidate && isBefore(least, candidate) ? candidate : least ?? candidate;
  console.log(next === undefined
    ? `Nothing that users see has changed since ${last.tag}.`
    : `${changelogOf(next, today(), changes)}\nTo release it, from main with everything pushed:\n\n  git tag v${next} && git push origin v${next}`);
} else {
  const { version } = VERSION.exec(wanted)?.groups ?? fail(`${wanted} is not a tag of a release, such as v1.2.3 or v1.2.3-rc.0.`);
  const newest = releasesBut(wanted).at(-1);
  if (newest && !isBefore(newest.version, version)) {
    fail(`${wanted} does not come after ${newest.tag}, the last release.`);
  }
  if (lastFinal && least && isBefore(finalOf(version), least)) {
    fail(`Since ${lastFinal.tag} there are changes that ask for v${least} at least: ${wanted} would be too small. See "node release/prepare.mjs".`);
  }
  const section = changelogOf(version, today(), changes);
  const earlier = finals.map(({ tag, version: number, day }, index) => changelogOf(number, day, changesSince(finals[index - 1]?.tag, tag)));
  writeFileSync('CHANGELOG.md', `# Changelog\n\n${[...earlier, section].reverse().join('\n')}`);
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/notes.md', section);
  writeFileSync('package.json', readFileSync('package.json', 'utf8').replace(/^( {2}"version": )"[^"]*"/m, `$1"${version}"`));
  console.log(`prepared ${version}`);
}

/** The releases among the tags, but for the one that is being made, in the order of their versions. */
function releasesBut(tag, ...selection) {
  return git('tag', ...selection, '--format=%(refname:short) %(creatordate:short)').split('\n')
    .map(line => line.split(' '))
    .filter(([name]) => name !== tag && VERSION.test(name))
    .map(([name, day]) => ({ tag: name, version: name.slice(1), day }))
    .sort((a, b) => isBefore(a.version, b.version) ? -1 : 1);
}

function changesSince(from, to) {
  const changes = changesOf(git('log', '--no-merges', '--format=%B%x00', from ? `${from}..${to}` : to).split('\0').map(message => message.trim()));
  // What nobody had could neither break nor be mended.
  return from ? changes : { ...changes, breaking: [], fix: [], perf: [] };
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
