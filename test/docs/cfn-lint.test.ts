import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { ROOT } from './named-tests';
import { specimens } from '../support/specimens';

/** A program of Python: `pip install cfn-lint`, or CFN_LINT names it. */
const COMMAND = process.env.CFN_LINT ?? 'cfn-lint';
const isInstalled = spawnSync(COMMAND, ['--version']).status === 0;

const acknowledged = [...readFileSync(join(ROOT, 'docs/cdk-nag.md'), 'utf8').split('## cfn-lint')[1].matchAll(/^\| `(.+)` \| .+ \|$/gm)].map(([, finding]) => finding);

/** What it finds in the templates, each with the template's name. */
function findings(): { template: string; finding: string }[] {
  const directory = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  try {
    const files = [...specimens()].map(([name, stack]) => {
      const file = join(directory, `${name.replace(/\W+/g, '-')}.json`);
      writeFileSync(file, JSON.stringify(Template.fromStack(stack).toJSON()));
      return file;
    });
    const { stdout, stderr } = spawnSync(COMMAND, ['--format', 'json', '--regions', 'us-east-1', '--template', ...files], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (!stdout.startsWith('[')) {
      throw new Error(stderr);
    }
    return (JSON.parse(stdout) as any[]).map(({ Filename: file, Rule: { Id: rule }, Message: message }) => ({ template: basename(file), finding: `${rule} ${message}` }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

(isInstalled ? test : test.skip)('cfn-lint finds what docs/cdk-nag.md acknowledges, and nothing else (skipped without cfn-lint)', () => {
  const found = findings();
  expect(found.filter(({ finding }) => !acknowledged.some(known => finding.startsWith(known)))).toEqual([]);
  expect(acknowledged.filter(known => !found.some(({ finding }) => finding.startsWith(known)))).toEqual([]);
}, 120_000);
