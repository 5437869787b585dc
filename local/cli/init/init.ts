import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { additionTo } from './existing-app';
import { appFiles } from './files';
import { UsageError } from '../report';

interface Initialized {
  readonly written: readonly string[];
  readonly changed: readonly string[];
  /** The commands that come next. */
  readonly next: readonly string[];
}

/** `lambdaless init`: an EventSocket for a CDK app, or a CDK app for an EventSocket. */
export function addInitCommand(program: Command): void {
  program.command('init').description('add an EventSocket to the CDK app of a directory, or make an app in an empty one; nothing is overwritten')
    .argument('[directory]', 'where', '.')
    .option('--json', 'print one JSON object, for programs')
    .action((given: string, { json }: { readonly json?: boolean }) => {
      const directory = resolve(given);
      const done = existsSync(join(directory, 'cdk.json')) ? addTo(directory) : makeApp(directory);
      const enter = relative(process.cwd(), directory);
      const next = enter === '' ? done.next : [`cd ${enter}`, ...done.next];
      process.stdout.write(json ? `${JSON.stringify({ directory, ...done, next })}\n` : describe({ ...done, next }));
    });
}

function makeApp(directory: string): Initialized {
  const files = Object.entries(appFiles(basename(directory)));
  const taken = files.map(([name]) => name).filter(name => existsSync(join(directory, name)));
  if (taken.length > 0) {
    throw new UsageError(`There is no CDK app in ${directory}, and to make one would overwrite ${taken.join(', ')}. Choose an empty directory: lambdaless init <directory>.`);
  }
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new UsageError(`${directory} is no directory, and cannot be made one: ${(error as Error).message}. Choose another: lambdaless init <directory>.`);
  }
  files.forEach(([name, text]) => write(directory, name, text));
  return { written: files.map(([name]) => name), changed: [], next: ['npm install', 'npx lambdaless local'] };
}

function addTo(directory: string): Initialized {
  const { file, text, entry, entryText } = additionTo(directory);
  if (existsSync(join(directory, file))) {
    throw new UsageError(`${file} is there already, and is not overwritten.`);
  }
  write(directory, file, text);
  writeFileSync(join(directory, entry), entryText);
  return { written: [file], changed: [entry], next: ['npm install cdk-lambdaless-websockets', 'npx lambdaless local'] };
}

function write(directory: string, name: string, text: string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  // What somebody has put there in between is left alone.
  writeFileSync(join(directory, name), text, { flag: 'wx' });
}

function describe({ written, changed, next }: Initialized): string {
  return [...written.map(name => `wrote    ${name}`), ...changed.map(name => `changed  ${name}`), '', 'Next:', ...next.map(command => `  ${command}`), ''].join('\n');
}
