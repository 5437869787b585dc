import { Command } from 'commander';
import { support, Support, SupportedService } from '../support';

/** `lambdaless support`: what the runtime emulates, as the page docs/support-matrix.md holds it. */
export function addSupportCommand(program: Command): void {
  program.command('support').description('print what is emulated, service by service, as Markdown')
    .option('--json', 'print one JSON object, for programs')
    .action(({ json }: { readonly json?: boolean }) => {
      process.stdout.write(json ? `${JSON.stringify(support())}\n` : matrix(support()));
    });
}

function matrix({ services, typesWithoutEffect, serverlessTypes }: Support): string {
  return `# What the local runtime emulates

\`lambdaless support\` prints this page, from what the services of the runtime themselves declare. \`lambdaless check\` tells the same of one app.

- A resource type that is not listed stops the start, unless \`--allow-unsupported\` is given. A property that is not listed stops it always.
- An operation that is not listed answers \`NotImplemented\`, with its name.
- An assumption is something about AWS that could not be confirmed, and what the runtime does.

${services.map(section).join('\n')}
## Accepted everywhere

Resources of these types are accepted, and change no answer: ${code(typesWithoutEffect)}.

## Templates

JSON or YAML, with the transforms \`AWS::LanguageExtensions\` and \`AWS::Serverless-2016-10-31\` (SAM). Of SAM: ${code(serverlessTypes)}. YAML aliases and merge keys are resolved, as
\`sam deploy\` and \`aws cloudformation package\` resolve them before CloudFormation, which refuses them, sees the template.
`;
}

function section({ name, operations, resourceTypes, lists, assumptions }: SupportedService): string {
  const types = resourceTypes.map(({ type, used, withoutEffect }) => `| \`${type}\` | ${code(used)} | ${code(withoutEffect)} |`);
  return [
    `## ${name}\n`,
    ...types.length === 0 ? [] : ['| resource type | properties | accepted without effect |\n|---|---|---|', ...types, ''],
    ...operations.length === 0 ? [] : [`Operations: ${code(operations)}.\n`],
    ...Object.entries(lists).map(([title, values]) => `${title}: ${code(values)}.\n`),
    ...assumptions.length === 0 ? [] : ['Assumptions:\n', ...assumptions.map(({ about, assumed }) => `- ${about}: ${assumed}`), ''],
  ].join('\n');
}

function code(values: readonly string[]): string {
  return values.map(value => `\`${value}\``).join(', ');
}
