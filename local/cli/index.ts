import { Command } from 'commander';
import { addCheckCommand } from './check';
import { addConnectCommand } from './connect/connect';
import { addCostCommand } from './cost';
import { addExecuteCommand } from './engines/execute';
import { addMatchCommand } from './engines/match';
import { addRenderCommand } from './engines/render';
import { addTestStateCommand } from './engines/test-state';
import { addTransformCommand } from './engines/transform';
import { addExecCommand } from './exec';
import { addInitCommand } from './init/init';
import { addLocalCommand } from './local';
import { addRedriveCommand } from './redrive';
import { report } from './report';
import { addSendCommand } from './send';
import { addSupportCommand } from './support';
import { addTailCommand } from './tail';
import { addTraceCommand } from './trace';

/** Set by the bundler. */
declare const LAMBDALESS_VERSION: string;

/** The command `lambdaless`. */
export async function runCommand(): Promise<void> {
  // Whoever reads may have had enough, as head does: that is no fault, and no reason to end an app that runs.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
  try {
    await parse();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

async function parse(): Promise<void> {
  const program = new Command('lambdaless')
    .description('Runs the CloudFormation template of a CDK app on this machine: WebSocket APIs without Lambda, and the services behind them.')
    .version(LAMBDALESS_VERSION)
    .enablePositionalOptions()
    .showHelpAfterError('(lambdaless --help shows the usage)');
  addLocalCommand(program);
  addExecCommand(program);
  addInitCommand(program);
  addConnectCommand(program);
  addSendCommand(program);
  addCostCommand(program);
  addTailCommand(program);
  addTraceCommand(program);
  addCheckCommand(program);
  addSupportCommand(program);
  addRedriveCommand(program);
  addMatchCommand(program);
  addRenderCommand(program);
  addTransformCommand(program);
  addExecuteCommand(program);
  addTestStateCommand(program);
  await program.parseAsync();
}
