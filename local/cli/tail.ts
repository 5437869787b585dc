import { Command } from 'commander';
import { LiveLog } from './live-log';
import { UsageError } from './report';
import { RunningRuntime } from './running-runtime';
import { TraceRecord } from '../kernel/contracts';

interface TailOptions {
  readonly endpoint?: string;
  readonly filter?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** `lambdaless tail`: what happens in a running runtime, as it happens. */
export function addTailCommand(program: Command): void {
  program.command('tail').description('follow what happens in a runtime that runs with --inspect')
    .option('--endpoint <url>', 'where the runtime listens')
    .option('--filter <text>', 'only what has this text in it: a route, a connection, an operation, an outcome')
    .option('--verbose', 'every stage of each message, every call, and every state of each workflow')
    .option('--json', 'print one JSON object a line, for programs')
    .action(async (options: TailOptions) => {
      const log = new LiveLog(process.stdout, options);
      const filter = options.filter?.toLowerCase();
      const stopped = new AbortController();
      process.once('SIGINT', () => stopped.abort());
      // Nobody reads any more.
      process.stdout.once('error', () => stopped.abort());
      try {
        for await (const record of follow(options.endpoint, stopped.signal)) {
          if (filter === undefined || JSON.stringify(record.entry).toLowerCase().includes(filter)) {
            log.add(record.entry, record);
          }
        }
      } catch (error) {
        if (!stopped.signal.aborted) {
          // As fetch words the end of a connection.
          throw error instanceof TypeError && error.message === 'terminated' ? new UsageError('The runtime has ended.') : error;
        }
      }
    });
}

/** The records of a runtime from now on. */
async function* follow(endpoint: string | undefined, signal: AbortSignal): AsyncGenerator<TraceRecord> {
  const { body } = await new RunningRuntime(endpoint).inspect('events?from=now', { signal });
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body!) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    const events = text.split('\n\n');
    text = events.pop()!;
    for (const event of events) {
      // What has a name is no list of records.
      if (event.startsWith('data: ')) {
        yield* JSON.parse(event.slice('data: '.length)) as TraceRecord[];
      }
    }
  }
}
