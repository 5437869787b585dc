import { Command } from 'commander';
import { RunningRuntime } from './running-runtime';
import { storyText } from '../inspector/story-text';
import { TraceRecord } from '../kernel/contracts';

interface TraceOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** `lambdaless trace <requestId>`: one request of a running runtime, stage by stage, and all that followed from it. */
export function addTraceCommand(program: Command): void {
  program.command('trace').description('show every stage of one request to a runtime that runs with --inspect, and all that followed from it')
    .argument('<requestId>', 'the requestId of an answer, or the number of anything that `lambdaless tail --json` shows')
    .option('--endpoint <url>', 'where the runtime listens')
    .option('--json', 'print the records as JSON, for programs')
    .action(async (requestId: string, { endpoint, json }: TraceOptions) => {
      const response = await new RunningRuntime(endpoint).inspect(`trace?id=${encodeURIComponent(requestId)}`);
      const records = await response.json() as TraceRecord[];
      process.stdout.write(json ? `${JSON.stringify(records)}\n` : storyText(records));
    });
}
