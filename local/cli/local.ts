import { Command } from 'commander';
import { Runtime, startRuntime } from '../main';
import { tellCost } from './cost';
import { openInBrowser } from './open-in-browser';
import { DEFAULT_PORT } from './options';
import { ready } from './ready';
import { report } from './report';
import { addRunOptions, RunOptions, runtimeOptions } from './run-options';
import { loadStacks, sourceFiles } from './source';
import { watchFiles } from './watch';
import { welcome } from './welcome';
import { ResourceChange } from '../kernel/deployed-stack';

interface LocalOptions extends RunOptions {
  readonly watch?: boolean;
  readonly open?: boolean;
}

/** `lambdaless local`: runs until it is stopped. */
export function addLocalCommand(program: Command): void {
  addRunOptions(program.command('local').description('run the app on this machine until Ctrl-C'), DEFAULT_PORT)
    .option('--json', 'print one JSON object when ready, and one after each change, and log one JSON object a line to standard error, for programs')
    .option('--watch', 'run again what has changed whenever a file of the app does; sockets stay open')
    .option('--open', 'the same as --inspect, and open the inspector in the browser')
    .action(async (options: LocalOptions) => {
      const toRun = await runtimeOptions({ ...options, inspect: options.inspect || options.open });
      // Whoever reads that it is ready may ask it to stop at once.
      const stop = stopRequested();
      const runtime = await startRuntime(toRun);
      let stopWatching: (() => Promise<void>) | undefined;
      try {
        stopWatching = options.watch ? await followSource(options, runtime) : undefined;
      } catch (error) {
        // What runs would keep the process, which has failed.
        await runtime.stop();
        throw error;
      }
      process.stdout.write(options.json ? `${JSON.stringify(ready(runtime))}\n` : welcome(runtime));
      if (options.open) {
        openInBrowser(runtime.inspectorUrl!);
      }
      await stop;
      await stopWatching?.();
      tellCost(runtime);
      await runtime.stop();
    });
}

/** Applies every change of the source to what runs. One that cannot be applied leaves everything as it was. */
function followSource(options: LocalOptions, runtime: Runtime): Promise<() => Promise<void>> {
  const { directory, settings } = sourceFiles(options);
  return watchFiles(directory, { ...settings, data: options.data }, async () => {
    try {
      const changes = await runtime.update(await loadStacks(options));
      process.stdout.write(options.json ? `${JSON.stringify({ ...ready(runtime), changes })}\n` : describeChanges(changes));
    } catch (error) {
      report(error);
    }
  });
}

function describeChanges(changes: readonly ResourceChange[]): string {
  const lines = changes.map(({ change, type, constructPath }) => `${change.padEnd(8)}  ${constructPath.replace(/\/Resource$/, '')} (${type})\n`);
  return lines.length === 0 ? 'Nothing has changed.\n' : lines.join('');
}

function stopRequested(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve());
    }
  });
}
