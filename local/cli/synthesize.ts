import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './report';
import { WatchSettings } from './watch';
import { loadAssembly, StackTemplate } from '../kernel/template';

export interface CdkSettings {
  readonly app?: unknown;
  readonly context?: object;
  readonly watch?: WatchSettings;
  /** Values that the CDK looked up earlier. */
  readonly lookedUp?: object;
}

/** Where apps have written to. Assets are read while the runtime runs. */
const written: string[] = [];

/** Runs a CDK app as the CDK's own command does, and reads what it synthesized. */
export async function synthesize(command: string, settings: CdkSettings): Promise<StackTemplate[]> {
  const directory = mkdtempSync(join(tmpdir(), 'lambdaless-'));
  // Each change of a watched app is written anew: one listener is enough for all of them.
  if (written.push(directory) === 1) {
    process.once('exit', () => written.forEach(each => rmSync(each, { recursive: true, force: true })));
  }
  await run(command, {
    ...process.env,
    CDK_OUTDIR: directory,
    CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, ...settings.lookedUp, 'aws:cdk:enable-path-metadata': true }),
    // The template's validator takes seconds; deploying runs it anyway.
    CDK_VALIDATION: process.env.CDK_VALIDATION ?? 'false',
  });
  return loadAssembly(directory);
}

function run(command: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    // The app's own words are for people: standard output belongs to this command.
    const app = spawn(command, { shell: true, env, stdio: ['ignore', process.stderr, process.stderr] });
    app.once('error', error => reject(new UsageError(`The app could not be started: ${error.message} (${command})`)));
    app.once('exit', (code, signal) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new UsageError(`The app failed to synthesize: "${command}" ended with ${signal ?? `exit code ${code}`}. What it said is above.`));
      }
    });
  });
}
