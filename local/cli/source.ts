import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { UsageError } from './report';
import { CdkSettings, synthesize } from './synthesize';
import { loadAssembly, StackTemplate } from '../kernel/template';

export interface SourceOptions {
  readonly app?: string;
  readonly assembly?: string;
}

/** The options by which a command is told what to run. */
export function addSourceOptions(command: Command): Command {
  return command
    .option('--app <command>', 'the command that runs the CDK app, such as "node app.js" (default: the app of cdk.json)')
    .option('--assembly <directory>', 'a cloud assembly that is synthesized already, such as cdk.out');
}

/** The stacks to run. */
export async function loadStacks(options: SourceOptions): Promise<StackTemplate[]> {
  if (options.app !== undefined && options.assembly !== undefined) {
    throw new UsageError('--app and --assembly exclude each other; give one.');
  }
  const stacks = options.assembly !== undefined ? loadAssembly(options.assembly) : await synthesize(appCommand(options), cdkSettings());
  if (stacks.length === 0) {
    throw new UsageError('The app has no stacks: there is nothing to run.');
  }
  return stacks;
}

function appCommand(options: SourceOptions): string {
  const command = options.app ?? cdkSettings().app;
  if (typeof command !== 'string' || command.trim() === '') {
    throw new UsageError('There is no cdk.json with an "app" here. Say what to run: --app "<command>", or --assembly <directory>.');
  }
  return command;
}

/** What the CDK's own command would read: the app, and the context with its feature flags. */
function cdkSettings(): CdkSettings {
  return { ...readJson('cdk.json'), lookedUp: readJson('cdk.context.json') };
}

function readJson(file: string): Record<string, unknown> {
  if (!existsSync(file)) {
    return {};
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
