import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { GivenParameter, parseParameter, parseStackName } from './options';
import { withParameters } from './parameters';
import { UsageError } from './report';
import { CdkSettings, synthesize } from './synthesize';
import { WatchSettings } from './watch';
import { loadAssembly, loadTemplate, StackTemplate } from '../kernel/template';

export interface SourceOptions {
  readonly app?: string;
  readonly assembly?: string;
  readonly template?: string;
  readonly stackName?: string;
  readonly parameters?: readonly GivenParameter[];
}

/** The options by which a command is told what to run. */
export function addSourceOptions(command: Command): Command {
  return command
    .option('--app <command>', 'the command that runs the CDK app, such as "node app.js" (default: the app of cdk.json)')
    .option('--assembly <directory>', 'a cloud assembly that is synthesized already, such as cdk.out')
    .option('--template <file>', 'a CloudFormation or SAM template, JSON or YAML')
    .option('--stack-name <name>', 'the name of the stack that the template becomes (default: that of the file or its directory)', parseStackName)
    .option('--parameters <Key=Value...>', 'values for the parameters of a template; Stack:Key=Value for one stack of an app', parseParameter);
}

/** The stacks to run. */
export async function loadStacks(options: SourceOptions): Promise<StackTemplate[]> {
  const given = (['app', 'assembly', 'template'] as const).filter(name => options[name] !== undefined);
  if (given.length > 1) {
    throw new UsageError(`${given.map(name => `--${name}`).join(' and ')} exclude each other; give one.`);
  }
  if (options.stackName !== undefined && options.template === undefined) {
    throw new UsageError('--stack-name names the stack of a --template; the stacks of an app have their names.');
  }
  const stacks = await load(options);
  if (stacks.length === 0) {
    throw new UsageError('The app has no stacks: there is nothing to run.');
  }
  return withParameters(stacks, options.parameters ?? []);
}

async function load(options: SourceOptions): Promise<StackTemplate[]> {
  if (options.template !== undefined) {
    return [loadTemplate(options.template, options.stackName)];
  }
  return options.assembly !== undefined ? loadAssembly(options.assembly) : synthesize(appCommand(options), cdkSettings());
}

/** Where the files are that the stacks are made of, and which of them matter. */
export function sourceFiles(options: SourceOptions): { directory: string; settings: WatchSettings } {
  if (options.assembly !== undefined) {
    return { directory: resolve(options.assembly), settings: {} };
  }
  if (options.template !== undefined) {
    // What a template names lies beside it.
    return { directory: dirname(resolve(options.template)), settings: {} };
  }
  return { directory: process.cwd(), settings: cdkSettings().watch ?? {} };
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
