import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { stackFile } from './files';
import { UsageError } from '../report';

export interface Addition {
  /** The new file, and what it holds. */
  readonly file: string;
  readonly text: string;
  /** The file of the app, as it is to be. */
  readonly entry: string;
  readonly entryText: string;
}

/** What has to be added to the CDK app of a directory for a stack with an EventSocket. */
export function additionTo(directory: string): Addition {
  const entry = entryOf(directory);
  const text = readFileSync(join(directory, entry), 'utf8');
  const apps = [...text.matchAll(/^(?:const|let|var)\s+(\w+)\s*=\s*new\s+(?:\w+\.)?App\(/gm)];
  if (apps.length !== 1) {
    throw new UsageError(`${entry} has ${apps.length === 0 ? 'no' : 'more than one'} line like "const app = new App()", so it is not clear where to add the stack. Add it by hand:\n\n  new EventSocket(stack, 'Socket');`);
  }
  if (/\bEventSocket(Stack)?\b/.test(text)) {
    throw new UsageError(`${entry} has an EventSocket already: there is nothing to add.`);
  }
  const isTypeScript = /\.[cm]?ts$/.test(entry);
  const isModule = isTypeScript || /^import\s/m.test(text);
  const extension = /\.[cm]?[jt]s$/.exec(entry)![0];
  // Where the CDK's own templates have their stacks.
  const file = `${existsSync(join(directory, 'lib')) ? 'lib/' : dirname(entry) === '.' ? '' : `${posix.dirname(entry)}/`}event-socket-stack${extension}`;
  const relative = posix.relative(posix.dirname(entry), file.slice(0, -extension.length));
  const path = `${relative.startsWith('.') ? relative : `./${relative}`}${isTypeScript ? '' : extension}`;
  const lines = `${isModule ? `import { EventSocketStack } from '${path}';` : `const { EventSocketStack } = require('${path}');`}\n\nnew EventSocketStack(${apps[0][1]}, 'EventSocketStack');\n`;
  return { file, text: stackFile(isTypeScript, isModule), entry, entryText: withLines(text, lines, apps[0][1]) };
}

/** At the end; or before the app is synthesized, where it does that itself. */
function withLines(text: string, lines: string, app: string): string {
  const synthesis = new RegExp(`^${app}\\.synth\\(`, 'm').exec(text);
  return synthesis
    ? `${text.slice(0, synthesis.index)}${lines}\n${text.slice(synthesis.index)}`
    : `${text.trimEnd()}\n\n${lines}`;
}

/** The file that the command of cdk.json runs. */
function entryOf(directory: string): string {
  let app: unknown;
  try {
    ({ app } = JSON.parse(readFileSync(join(directory, 'cdk.json'), 'utf8')));
  } catch (error) {
    throw new UsageError(`cdk.json is not JSON: ${(error as Error).message}`);
  }
  const words = String(app ?? '').split(/\s+/).map(word => word.replace(/^["']|["']$/g, '').replace(/^\.\//, ''));
  const entry = words.find(word => /\.[cm]?[jt]s$/.test(word) && existsSync(join(directory, word)));
  if (entry === undefined) {
    throw new UsageError(`The "app" of cdk.json runs no JavaScript or TypeScript file that is here: ${String(app)}. Add the construct by hand: new EventSocket(stack, 'Socket').`);
  }
  return entry;
}
