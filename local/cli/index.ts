import { Command } from 'commander';
import { addExecCommand } from './exec';
import { addLocalCommand } from './local';
import { report } from './report';

/** The command `lambdaless`. */
async function main(): Promise<void> {
  const program = new Command('lambdaless')
    .description('Runs the CloudFormation template of a CDK app on this machine: WebSocket APIs without Lambda, and the services behind them.')
    .enablePositionalOptions()
    .showHelpAfterError('(lambdaless --help shows the usage)');
  addLocalCommand(program);
  addExecCommand(program);
  await program.parseAsync();
}

main().catch(error => {
  report(error);
  process.exitCode = 1;
});
