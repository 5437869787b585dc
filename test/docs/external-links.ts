/**
 * Asks for every page of others that this project's pages link to. Not in CI: what others do is no fault of a change.
 *
 * Usage: npx tsx --tsconfig tsconfig.dev.json test/docs/external-links.ts
 */
import { linksOf, pages } from './links';

/** Addresses of examples, and of what is not published yet. */
const NOWHERE = /^https?:\/\/(127\.0\.0\.1|localhost|[\w.-]*example(\.com)?)\b/;

async function answerOf(url: string): Promise<string | number> {
  try {
    const { status } = await fetch(url, { redirect: 'follow', signal: AbortSignal.timeout(20_000), headers: { 'user-agent': 'Mozilla/5.0' } });
    return status;
  } catch (error) {
    return (error as Error).message;
  }
}

async function main(): Promise<void> {
  const links = pages().flatMap(linksOf).filter(({ target }) => /^https?:/.test(target) && !NOWHERE.test(target));
  const urls = [...new Set(links.map(({ target }) => target.split('#')[0]))].sort();
  let dead = 0;
  for (const url of urls) {
    const answer = await answerOf(url);
    const from = links.filter(({ target }) => target.split('#')[0] === url).map(({ page, line }) => `${page}:${line}`);
    console.log(`${answer} ${url} (${from.join(', ')})`);
    // Some refuse whoever is no browser; who does not answer at all is not there.
    dead += typeof answer === 'string' || answer === 404 || answer === 410 ? 1 : 0;
  }
  console.log(`${urls.length} links, ${dead} dead`);
  process.exitCode = dead === 0 ? 0 : 1;
}

void main();
