import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LocalFaults } from './faults';
import { LocalApp } from './local-app';
import { withParameters } from '../cli/parameters';
import { TraceLog } from '../inspector/trace-log';
import { TraceBus, TraceEntry } from '../kernel/contracts/trace';
import { MovableClock } from '../kernel/movable-clock';
import { loadAssembly } from '../kernel/template';
import { startRuntime } from '../main';

/** A CDK app or one of its stacks, or the directory of a cloud assembly, such as cdk.out. Of a stack its whole app runs. */
export type LocalSource =
  | string
  | { synth(): { readonly directory: string } }
  | { readonly node: { readonly root: unknown } };

export interface LocalOptions {
  /** The port to listen on; without one a free port is taken, so that tests may run side by side. */
  readonly port?: number;
  /** Values for the parameters of templates: `Key`, or `Stack:Key` for one stack. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** How many milliseconds clients wait for a message before they give up, five seconds unless given. */
  readonly patience?: number;
  /** Faults that are to happen from the start, as `setFaults` takes them. */
  readonly faults?: LocalFaults;
  /** Takes down every stage of every request, for `story`. All of it is slower then. @default false */
  readonly stages?: boolean;
}

const PATIENCE = 5_000;

/** Runs an app in this process, as `lambdaless local` would. Whoever starts it stops it. */
export async function startLocal(source: LocalSource, options: LocalOptions = {}): Promise<LocalApp> {
  const stacks = withParameters(loadAssembly(directoryOf(source)), Object.entries(options.parameters ?? {}));
  const clock = new MovableClock();
  const entries: TraceEntry[] = [];
  const log = options.stages ? new TraceLog() : undefined;
  const watch = (trace: TraceBus) => {
    trace.subscribe(entry => entries.push(entry));
    log?.observe(trace);
  };
  const runtime = await startRuntime({ stacks, port: options.port ?? 0, clock, watch });
  const local = new LocalApp({ runtime, clock, entries, log, patience: options.patience ?? PATIENCE });
  try {
    local.setFaults(options.faults ?? { rules: [] });
  } catch (error) {
    await local.stop();
    throw error;
  }
  return local;
}

function directoryOf(source: LocalSource): string {
  if (typeof source === 'string') {
    if (!existsSync(join(source, 'manifest.json'))) {
      throw new Error(`startLocal: ${source} is no cloud assembly: it has no manifest.json. Give the app itself, or synthesize it first.`);
    }
    return source;
  }
  const app = 'synth' in source ? source : source.node.root;
  if (typeof (app as { synth?: unknown }).synth !== 'function') {
    throw new Error('startLocal takes a CDK app, a stack that is in an app, or the directory of a cloud assembly: the root of this construct has no synth().');
  }
  return (app as { synth(): { readonly directory: string } }).synth().directory;
}
