import { Command } from 'commander';
import { UsageError } from './report';
import { addSourceOptions, loadStacks, SourceOptions } from './source';
import { check, CheckReport } from '../check';

interface CheckOptions extends SourceOptions {
  readonly json?: boolean;
}

/** `lambdaless check [assembly]`: what would run, what would not, and which permissions are missing; the exit code tells whether all is well. */
export function addCheckCommand(program: Command): void {
  addSourceOptions(program.command('check').description('tell what of the app is emulated, and which permissions its roles lack'))
    .argument('[assembly]', 'a cloud assembly, such as cdk.out')
    .option('--json', 'print one JSON object, for programs')
    .action(async (assembly: string | undefined, options: CheckOptions) => {
      if (assembly !== undefined && options.assembly !== undefined) {
        throw new UsageError(`${assembly} and --assembly ${options.assembly} exclude each other; give one.`);
      }
      const report = await check(await loadStacks({ ...options, assembly: assembly ?? options.assembly }));
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describe(report));
      process.exitCode = isWell(report) ? 0 : 1;
    });
}

function isWell({ resources, findings }: CheckReport): boolean {
  return resources.every(({ status }) => status !== 'notEmulated') && findings.every(({ kind }) => kind === 'unknown');
}

function describe({ resources, findings, assumptions }: CheckReport): string {
  const notEmulated = resources.filter(({ status }) => status === 'notEmulated');
  const withoutEffect = resources.filter(({ status }) => status === 'withoutEffect');
  const ofKind = (kind: string) => findings.filter(finding => finding.kind === kind);
  return [
    `${resources.length - notEmulated.length} of ${resources.length} resources are emulated.\n`,
    section('Not emulated', notEmulated.map(({ constructPath, type, reason }) => `${constructPath} (${type}): ${reason}`)),
    section('Accepted, and nothing follows from them here', withoutEffect.map(({ constructPath, type }) => `${constructPath} (${type})`)),
    section('Permissions that are missing', ofKind('denied').map(({ by, call, message, statement, role }) =>
      `${by} calls ${call}\n    ${message}${statement ? `\n    ${role === undefined ? 'the policy of the resource' : role} needs ${JSON.stringify(statement)}` : ''}`)),
    section('Calls that nothing here answers', ofKind('notEmulated').map(({ by, message }) => `${by}\n    ${message}`)),
    section('Calls that cannot be told before they are made', ofKind('unknown').map(({ by, call }) => `${by} calls ${call}`)),
    section('Assumed about AWS', assumptions.map(({ service, about, assumed }) => `${service}: ${about}: ${assumed}`)),
  ].join('');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${lines.map(line => `  ${line}\n`).join('')}`;
}
