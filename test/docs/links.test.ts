import { existsSync, statSync } from 'fs';
import { join, posix } from 'path';
import { anchorsOf, Link, linksOf, pages } from './links';
import { ROOT } from './named-tests';

const anchors = new Map<string, Set<string>>();

/** Why a link leads nowhere; undefined when it does not, or leads out of the project. */
function problemOf({ page, target }: Link): string | undefined {
  if (/^[a-z]+:/.test(target)) {
    return undefined;
  }
  const [path, anchor] = target.split('#');
  const file = path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path));
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) {
    return `${file} is not there`;
  }
  if (anchor === undefined) {
    return undefined;
  }
  if (!file.endsWith('.md') || statSync(join(ROOT, file)).isDirectory()) {
    return `${file} has no anchors`;
  }
  if (!anchors.has(file)) {
    anchors.set(file, anchorsOf(file));
  }
  return anchors.get(file)!.has(decodeURIComponent(anchor)) ? undefined : `${file} has nothing that is called #${anchor}`;
}

test('no link within the project leads nowhere', () => {
  const links = pages().flatMap(linksOf);
  expect(links.length).toBeGreaterThan(300);
  const dead = links.flatMap(link => {
    const problem = problemOf(link);
    return problem ? [`${link.page}:${link.line} ${link.target}: ${problem}`] : [];
  });
  expect(dead).toEqual([]);
});

test('a page that is gone and an anchor that is gone are noticed', () => {
  const problem = (target: string) => problemOf({ page: 'docs/seeds.md', line: 1, target });
  expect(problem('nothing.md')).toBe('docs/nothing.md is not there');
  expect(problem('../README.md#install')).toBeUndefined();
  expect(problem('../README.md#nothing')).toBe('README.md has nothing that is called #nothing');
  expect(problem('#webchat')).toBeUndefined();
  expect(problem('../../elsewhere.md')).toBe('../elsewhere.md is not there');
  expect(problem('https://example.com/nothing')).toBeUndefined();
});

test('every guide is in the table of contents', () => {
  const listed = linksOf('docs/README.md').map(({ target }) => posix.join('docs', target.split('#')[0]));
  const guides = pages().filter(page => /^docs\/[\w-]+\.md$/.test(page) && page !== 'docs/README.md');
  expect(guides.filter(guide => !listed.includes(guide))).toEqual([]);
});
