import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For commands that are not run: gives a function that says what a command names and this project does not have, be it a script, a task, a file, or an option of `lambdaless`. */
export function missingIn(root) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { tasks } = JSON.parse(readFileSync(join(root, '.projen/tasks.json'), 'utf8'));
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  const help = command => spawnSync(process.execPath, [join(root, 'bin/lambdaless.js'), command, '--help'], { encoding: 'utf8' }).stdout;

  return line => {
    const command = line.replace(/ +#.*$/, '');
    const [, script] = /^npm (?:run )?(?!ci\b|install\b)([\w:]+)/.exec(command) ?? [];
    const [, task] = /npx projen ([\w:]+)/.exec(command) ?? [];
    const [, subcommand, rest] = /npx lambdaless ([\w-]+)(.*)/.exec(command) ?? [];
    const paths = /(?:^| )(?:node|bash|npx jest|npx tsx) /.test(command) ? command.match(/(?<= )[\w.-]+\/[\w./-]+/g) ?? [] : [];
    const usage = subcommand ? help(subcommand) : '';
    const known = usage.startsWith(`Usage: lambdaless ${subcommand} `);
    const options = known ? rest.split(' -- ', 1)[0].match(/(?<= )--[\w-]+/g) ?? [] : [];
    return [
      ...script && !Object.hasOwn(scripts, script) ? [`npm run ${script}`] : [],
      ...task && !Object.hasOwn(tasks, task) ? [`projen ${task}`] : [],
      ...subcommand && !known ? [`lambdaless ${subcommand}`] : [],
      ...options.filter(option => !new RegExp(`${option}\\b`).test(usage)),
      ...paths.filter(path => !files.some(file => file.startsWith(path))),
    ];
  };
}
