import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Why a block is not run; the word stands after `sh`. */
const REASONS = {
  'needs-aws': 'it needs an AWS account',
  'needs-network': 'it downloads',
  'second-terminal': 'it is for a second terminal, and has tests of its own',
  'by-hand': 'it runs long, or is all of what runs it',
};
const PLACE = /<[A-Za-z][\w ]*>/;

/** The commands of all `sh` blocks of the project's pages: `{ page, line, command, skipped, whileRunning }`. */
export function commandsOf(root) {
  const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n').filter(page => !page.startsWith('test/'));
  return pages.flatMap(page => {
    const text = readFileSync(join(root, page), 'utf8');
    return [...text.matchAll(/^```sh(.*)\n([\s\S]*?)^```/gm)].flatMap(({ 1: marker, 2: block, index }) => {
      const word = marker.trim();
      if (word && word !== 'while-running' && !Object.hasOwn(REASONS, word)) {
        throw new Error(`${page} has a block "sh ${word}". What may stand there: while-running, ${Object.keys(REASONS).join(', ')}.`);
      }
      const line = text.slice(0, index).split('\n').length + 1;
      return block.replaceAll(/\\\n\s*/g, '').split('\n').filter(command => command.trim() && !command.startsWith('#')).map(command => ({
        page,
        line,
        command,
        whileRunning: word === 'while-running',
        skipped: REASONS[word] ?? (word !== 'while-running' && PLACE.test(command) ? 'it has places to fill in' : undefined),
      }));
    });
  });
}
