import { execFileSync, spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const PREPARE = join(__dirname, '../../release/prepare.mjs');

/** A repository whose history is written as commits and tags. */
class History {
  readonly directory = mkdtempSync(join(tmpdir(), 'lambdaless-release-'));

  constructor(...steps: string[]) {
    this.git('init', '--quiet');
    writeFileSync(join(this.directory, 'package.json'), '{\n  "name": "x",\n  "version": "0.0.0",\n  "engines": { "version": "0.0.0" }\n}\n');
    for (const step of steps) {
      if (/^v\d/.test(step)) {
        this.git('tag', step);
      } else {
        this.git('commit', '--quiet', '--allow-empty', '--message', step);
      }
    }
  }

  prepare(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PREPARE, ...args], { cwd: this.directory, encoding: 'utf8' });
    return { status, text: stdout + stderr };
  }

  read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  git(...args: string[]): void {
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false', '-c', 'tag.gpgsign=false', ...args], { cwd: this.directory });
  }
}

let history: History;
afterEach(() => history.remove());

test.each([
  ['the first release', ['feat: one'], 'v0.1.0'],
  ['a fix', ['feat: one', 'v1.2.3', 'fix: two'], 'v1.2.4'],
  ['something faster', ['feat: one', 'v1.2.3', 'perf: two'], 'v1.2.4'],
  ['something new', ['feat: one', 'v1.2.3', 'fix: two', 'feat(client): three'], 'v1.3.0'],
  ['something that breaks', ['feat: one', 'v1.2.3', 'fix!: two'], 'v2.0.0'],
  ['something that breaks, said in the body', ['feat: one', 'v1.2.3', 'fix: two\n\nBREAKING CHANGE: three'], 'v2.0.0'],
  ['something that breaks, before 1.0', ['feat: one', 'v0.2.3', 'feat!: two'], 'v0.3.0'],
  ['tags out of order', ['feat: one', 'v0.10.0', 'v0.9.0', 'fix: two'], 'v0.10.1'],
  ['a candidate of the release', ['feat: one', 'v1.0.0-rc.0', 'v0.9.0', 'fix: two'], 'v1.0.0'],
  ['a candidate that is all there is', ['feat: one', 'v1.0.0-rc.0'], 'v1.0.0'],
  ['a candidate, and nothing since', ['feat: one', 'v1.2.3', 'fix: two', 'v1.2.4-rc.0'], 'v1.2.4'],
  ['a candidate that is larger than what its commits ask for', ['feat: one', 'v1.2.3', 'fix: two', 'v2.0.0-rc.0', 'fix: three'], 'v2.0.0'],
  ['something new after a candidate of a fix', ['feat: one', 'v1.2.3', 'fix: two', 'v1.2.4-rc.0', 'feat: three'], 'v1.3.0'],
  ['something that breaks after a candidate', ['feat: one', 'v1.2.3', 'feat: two', 'v1.3.0-rc.0', 'feat!: three'], 'v2.0.0'],
])('%s asks for the next version', (_, steps, next) => {
  history = new History(...steps);
  expect(history.prepare().text).toContain(`git tag ${next} && git push origin ${next}`);
  expect(existsSync(join(history.directory, 'CHANGELOG.md'))).toBe(false);
});

test('tests and documents alone release nothing', () => {
  history = new History('feat: one', 'v1.0.0', 'test: two', 'docs: three', 'a commit without a type');
  expect(history.prepare()).toEqual({ status: 0, text: 'Nothing that users see has changed since v1.0.0.\n' });
});

test('a tag makes the work tree its release: the version, the notes, and the changelog of all releases', () => {
  history = new History('feat: one', 'fix: what nobody had', 'v0.1.0', 'fix: two', 'v0.1.1', 'feat: three', 'test: four', 'feat!: five', 'v0.2.0');
  expect(history.prepare('v0.2.0')).toEqual({ status: 0, text: 'prepared 0.2.0\n' });
  expect(JSON.parse(history.read('package.json'))).toEqual({ name: 'x', version: '0.2.0', engines: { version: '0.0.0' } });
  const day = '\\(\\d{4}-\\d\\d-\\d\\d\\)';
  expect(history.read('dist/notes.md')).toMatch(new RegExp(`^## 0.2.0 ${day}\n\n### Breaking\n\n- five\n\n### New\n\n- three\n$`));
  expect(history.read('CHANGELOG.md')).toMatch(new RegExp(`^# Changelog\n\n## 0.2.0 ${day}[^]*## 0.1.1 ${day}\n\n### Mended\n\n- two\n\n## 0.1.0 ${day}\n\n### New\n\n- one\n$`));
});

test('what its candidates had is told once, of the release that they led to', () => {
  history = new History('feat: one', 'v0.1.0', 'fix: two', 'v0.2.0-rc.0', 'feat: three', 'v0.2.0-rc.1', 'docs: four');
  history.prepare('v0.2.0-rc.1');
  expect(history.read('dist/notes.md')).toMatch(/^## 0.2.0-rc.1 .*\n\n### New\n\n- three\n\n### Mended\n\n- two\n$/);
  history.prepare('v0.2.0');
  expect(history.read('dist/notes.md')).toMatch(/^## 0.2.0 .*\n\n### New\n\n- three\n\n### Mended\n\n- two\n$/);
  expect(history.read('CHANGELOG.md').match(/^## \S+/gm)).toEqual(['## 0.2.0', '## 0.1.0']);
});

test.each([
  ['1.2.3', 'is not a tag of a release'],
  ['v1.2', 'is not a tag of a release'],
  ['v1.2.3; rm -rf /', 'is not a tag of a release'],
  ['v1.3.0-snapshot.0', 'is not a tag of a release'],
  ['v1.0.0', 'does not come after v1.2.3'],
  ['v1.2.4', 'ask for v1.3.0 at least'],
  ['v1.2.4-rc.0', 'ask for v1.3.0 at least'],
])('the tag %s is refused, and nothing is written', (tag, reason) => {
  history = new History('feat: one', 'v1.2.3', 'feat: two');
  expect(history.prepare(tag)).toEqual({ status: 1, text: expect.stringContaining(reason) });
  expect(JSON.parse(history.read('package.json')).version).toBe('0.0.0');
  expect(existsSync(join(history.directory, 'CHANGELOG.md'))).toBe(false);
});

test.each([
  ['v1.3.0-rc.9', 'v1.3.0-rc.10'],
  ['v1.3.0-alpha.10', 'v1.3.0-beta.0'],
  ['v1.3.0-beta.10', 'v1.3.0-rc.0'],
  ['v1.3.0-rc.10', 'v1.3.0'],
])('after %s comes %s, and not the other way round', (earlier, later) => {
  history = new History('feat: one', earlier);
  expect(history.prepare(later)).toMatchObject({ status: 0 });
  history.remove();
  history = new History('feat: one', later);
  expect(history.prepare(earlier)).toEqual({ status: 1, text: expect.stringContaining(`does not come after ${later}`) });
});

test('a release beside the main line is refused: it would become the newest to those who ask for none', () => {
  history = new History('feat: one', 'v1.0.0', 'feat!: two', 'v2.0.0');
  history.git('checkout', '--quiet', '-b', 'old', 'v1.0.0');
  history.git('commit', '--quiet', '--allow-empty', '--message', 'fix: three');
  expect(history.prepare('v1.0.1')).toEqual({ status: 1, text: expect.stringContaining('does not come after v2.0.0') });
});

test.each(['v1.3.0', 'v1.3.0-rc.0', 'v2.0.0'])('the tag %s is large enough', tag => {
  history = new History('feat: one', 'v1.2.3', 'feat: two');
  expect(history.prepare(tag)).toMatchObject({ status: 0 });
});
