import { Command } from 'commander';
import { followTrace } from './live-log';
import { parseOrigin, parsePort } from './options';
import { addSourceOptions, loadStacks, SourceOptions } from './source';
import { Tolerance } from '../kernel/unsupported-resource';
import { RuntimeOptions } from '../main';

/** The options of a command that runs an app. */
export interface RunOptions extends SourceOptions {
  readonly port: number;
  readonly allowOrigin?: readonly string[];
  readonly data?: string;
  readonly faults?: string;
  readonly cost?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly inspect?: boolean;
  readonly json?: boolean;
  readonly allowUnsupported?: boolean;
}

/** The options by which a command is told what to run, and how. */
export function addRunOptions(command: Command, defaultPort: number): Command {
  return addSourceOptions(command)
    .option('--port <number>', 'the port to listen on; 0 takes a free one', parsePort, defaultPort)
    .option('--allow-origin <origin>', 'let web pages of this origin call services and the runtime be called by its name, beside those of this machine (repeatable)', parseOrigin)
    .option('--data <directory>', 'keep tables and their items in this directory, across restarts (needs the package classic-level in the project)')
    .option('--faults <file>', 'let calls, connections and the process fail as this file says, YAML or JSON')
    .option('--cost', 'count what AWS would bill: "lambdaless cost" tells it at any time, and this command at its end')
    .option('--quiet', 'do not log what happens in the runtime')
    .option('--verbose', 'log every stage of each message, every call, and every state of each workflow')
    .option('--inspect', 'serve the inspector, a page that shows every stage of what happens, at /_lambdaless/ of the endpoint')
    .option('--allow-unsupported', 'run without the resources whose types are not emulated, and name them');
}

/** Synthesizes what is to run, and makes the options of a runtime for it. */
export async function runtimeOptions(options: RunOptions): Promise<RuntimeOptions> {
  const stacks = await loadStacks(options);
  return {
    stacks,
    port: options.port,
    allowedOrigins: options.allowOrigin,
    data: options.data,
    faults: options.faults,
    inspect: options.inspect,
    cost: options.cost,
    tolerate: options.allowUnsupported ? tolerateUnknownTypes : undefined,
    watch: trace => options.quiet || followTrace(trace, process.stderr, options),
  };
}

/** Goes on without the resources that nothing here makes, and names them. */
const tolerateUnknownTypes: Tolerance = ({ request, isUnknownType }) => {
  if (isUnknownType) {
    process.stderr.write(`lambdaless: not emulated: ${request.constructPath.replace(/\/Resource$/, '')} (${request.type})\n`);
  }
  return isUnknownType;
};
