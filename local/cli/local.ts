import { Command } from 'commander';
import { startRuntime } from '../main';
import { followTrace } from './live-log';
import { DEFAULT_PORT, parsePort } from './options';
import { ready } from './ready';
import { addSourceOptions, loadStacks, SourceOptions } from './source';
import { welcome } from './welcome';

interface LocalOptions extends SourceOptions {
  readonly port: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lambdaless local`: runs until it is stopped. */
export function addLocalCommand(program: Command): void {
  addSourceOptions(program.command('local').description('run the app on this machine until Ctrl-C'))
    .option('--port <number>', 'the port to listen on; 0 takes a free one', parsePort, DEFAULT_PORT)
    .option('--json', 'print one JSON object when ready, for programs')
    .option('--quiet', 'do not log what happens in the runtime')
    .action(async (options: LocalOptions) => {
      const stacks = await loadStacks(options);
      // Whoever reads that it is ready may ask it to stop at once.
      const stop = stopRequested();
      const runtime = await startRuntime({ stacks, port: options.port, watch: trace => options.quiet || followTrace(trace, process.stderr) });
      process.stdout.write(options.json ? `${JSON.stringify(ready(runtime))}\n` : welcome(runtime));
      await stop;
      await runtime.stop();
    });
}

function stopRequested(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve());
    }
  });
}
