import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './named-tests';

export interface Link {
  readonly page: string;
  readonly line: number;
  readonly target: string;
}

/** The project's own pages. */
export function pages(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
}

/** The links of a page, also those of HTML, but for what stands in code. */
export function linksOf(page: string): Link[] {
  return proseOf(page).flatMap((line, index) => [...line.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|<a [^>]*href="([^"]+)"/g)]
    .map(([, markdown, html]) => ({ page, line: index + 1, target: markdown ?? html })));
}

/** What a link may name within a page: its headings as GitHub writes them, and anchors of HTML. */
export function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const line of proseOf(page, true)) {
    line.match(/<a [^>]*>/g)?.flatMap(tag => [...tag.matchAll(/ (?:name|id)="([^"]+)"/g)]).forEach(([, anchor]) => anchors.add(anchor));
    const [, heading] = /^#{1,6} +(.+?) *#*$/.exec(line) ?? [];
    if (heading !== undefined) {
      const text = heading.replace(/<[^>]*>/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
      const slug = text.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replace(/ /g, '-');
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      anchors.add(count === 0 ? slug : `${slug}-${count}`);
    }
  }
  return anchors;
}

function proseOf(page: string, withCode = false): string[] {
  let fenced = false;
  return readFileSync(join(ROOT, page), 'utf8').split('\n').map(line => {
    if (/^ *```/.test(line)) {
      fenced = !fenced;
      return '';
    }
    return fenced ? '' : withCode ? line : line.replace(/`[^`]*`/g, '');
  });
}
