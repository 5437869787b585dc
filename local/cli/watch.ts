import { Stats } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import picomatch from 'picomatch';
import { report, UsageError } from './report';

/** What `cdk watch` looks at, too: the `watch` of cdk.json. */
export interface WatchSettings {
  readonly include?: unknown;
  readonly exclude?: unknown;
  /** The directory that the runtime itself writes to. */
  readonly data?: string;
}

/** An editor saves several files, or one in several steps. */
const SETTLED_MILLISECONDS = 100;

/** What no app is made of. */
const NEVER = ['**/node_modules', '**/.*', '**/cdk.out'];

/** Whether nothing follows from a change of a path. */
export function ignoredBy(directory: string, settings: WatchSettings): (path: string, stats?: Pick<Stats, 'isFile'>) => boolean {
  const isIncluded = picomatch(texts(settings.include, ['**']), { dot: true });
  const isExcluded = picomatch([...NEVER, ...texts(settings.exclude, []).flatMap(pattern => [pattern, `${pattern}/**`])], { dot: true });
  const data = settings.data === undefined ? undefined : resolve(settings.data);
  return (path, stats) => {
    const name = relative(directory, path).split(sep).join('/');
    return name !== '' && (resolve(path) === data || isExcluded(name) || (stats?.isFile() === true && !isIncluded(name)));
  };
}

/**
 * Calls back after files of the directory have changed, and never while an earlier call is under way; the function returned ends it.
 */
export async function watchFiles(directory: string, settings: WatchSettings, changed: () => Promise<void>): Promise<() => Promise<void>> {
  const watcher = watch(directory, { ignoreInitial: true, ignored: ignoredBy(directory, settings) });
  // Such as more files than the system lets anybody watch: an error that nobody hears would end the process.
  watcher.on('error', error => report(new UsageError(`Not every file can be watched: ${(error as Error).message}`)));

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const run = () => {
    timer = undefined;
    running = (running ?? Promise.resolve()).then(changed);
  };
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(run, SETTLED_MILLISECONDS);
  });
  await new Promise<void>(ready => watcher.once('ready', ready));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await running;
  };
}

/** A list of patterns, which may be a single one. */
function texts(value: unknown, otherwise: string[]): string[] {
  return value === undefined ? otherwise : [value].flat().map(String);
}
