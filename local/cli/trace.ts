import { Command } from 'commander';
import { RunningRuntime } from './running-runtime';
import { verdictText } from './verdict-text';
import { storyText } from '../inspector/story-text';
import { Verdicts } from '../inspector/who-takes';
import { TraceRecord } from '../kernel/contracts';

interface TraceOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** `lambdaless trace <id>`: one request or event of a running runtime, stage by stage, and all that followed from it. */
export function addTraceCommand(program: Command): void {
  program.command('trace').description('show every stage of one request to a runtime that runs with --inspect, and all that followed from it; of an event also who takes it, and why not')
    .argument('<id>', 'the requestId of an answer, the id of an event, or the sequence of anything that `lambdaless tail --json` shows')
    .option('--endpoint <url>', 'where the runtime listens')
    .option('--json', 'print the records as JSON, for programs')
    .action(async (id: string, { endpoint, json }: TraceOptions) => {
      const runtime = new RunningRuntime(endpoint);
      const response = await runtime.inspect(`trace?id=${encodeURIComponent(id)}`);
      const records = await response.json() as TraceRecord[];
      process.stdout.write(json ? `${JSON.stringify(records)}\n` : storyText(records) + await verdictsOf(runtime, id, records));
    });
}

/** Of an event that was asked for by its id: what it has met says nothing about whom it has passed. */
async function verdictsOf(runtime: RunningRuntime, id: string, records: readonly TraceRecord[]): Promise<string> {
  const event = records.map(({ entry }) => entry).find(entry => entry.kind === 'event' && (Object(entry.event) as { id?: string }).id === id);
  if (event?.kind !== 'event') {
    return '';
  }
  const response = await runtime.inspect('why', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ bus: event.bus, event: event.event }) });
  return `\nWho takes it now:\n${verdictText(await response.json() as Verdicts)}`;
}
