import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { startRuntime } from '../main';
import { tellCost } from './cost';
import { ready, Ready } from './ready';
import { report, UsageError } from './report';
import { addRunOptions, RunOptions, runtimeOptions } from './run-options';

/** `lambdaless exec -- <command>`: runs a command beside the runtime and returns its exit code. */
export function addExecCommand(program: Command): void {
  addRunOptions(program.command('exec').description('run a command beside the app, with the endpoints in its environment, and return its exit code'), 0)
    .argument('<command...>', 'the command, after --')
    .passThroughOptions()
    .action(async (command: string[], options: RunOptions) => {
      const runtime = await startRuntime(await runtimeOptions(options));
      try {
        process.exitCode = await run(command, ready(runtime), runtime.stacks[0].environment.region);
      } catch (error) {
        report(error);
        // As shells answer for a command that cannot be run.
        process.exitCode = 127;
      } finally {
        tellCost(runtime);
        await runtime.stop();
      }
    });
}

async function run([command, ...args]: string[], { endpoint, outputs }: Ready, region: string): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'lambdaless-exec-'));
  const outputsFile = join(directory, 'outputs.json');
  writeFileSync(outputsFile, JSON.stringify(outputs, undefined, 2));
  try {
    return await exitCodeOf(command, args, {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      LAMBDALESS_OUTPUTS: outputsFile,
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function exitCodeOf(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'inherit' });
    // The command decides what a signal means; the runtime outlives it.
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', error => reject(new UsageError(`The command could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code ?? 128 + constants.signals[signal!]);
    });
  });
}
