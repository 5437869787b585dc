// Attacks the library and its runtime, and tells what held.
// Usage: npm run soak -- [--seconds <number>] [--seed <number>] [--only <test>[,<test>]] [--json]
//   --seconds  how long all of it may take, about; without it the long form, an hour
//   --seed     the chance of an earlier run, to meet its attacks again
//   --json     prints one JSON object in place of the tables
// A test is a module in attacks/ that exports `attack: Attack`. The last line sums up, and the exit status says whether all held.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Attack, holds } from './support/attack';
import { table } from './support/table';

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: { seconds: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const seconds = options.seconds === undefined ? undefined : number('seconds', options.seconds, 1);
  const seed = options.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : number('seed', options.seed, 0);
  const attacks = await load();
  const only = options.only?.split(',') ?? attacks.map(({ name }) => name);
  const unknown = only.filter(name => !attacks.some(attack => attack.name === name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no test "${unknown.join('", "')}". Tests: ${attacks.map(({ name }) => name).join(', ')}.`);
  }
  const results = [];
  for (const attack of attacks.filter(({ name }) => only.includes(name))) {
    process.stderr.write(`${attack.name}, seed ${seed} …\n`);
    const rows = await attack.run({ seconds, seed }).catch(error => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      return [{ measure: 'ended by an error of its own', figure: 1, unit: '', goal: { atMost: 0 } }];
    });
    results.push({ attack: attack.name, rows });
    if (!options.json) {
      process.stdout.write(`${table([{ attack: attack.name, rows }])}\n\n`);
    }
  }
  const goals = results.flatMap(({ rows }) => rows.map(holds)).filter(held => held !== undefined);
  const held = goals.filter(Boolean).length;
  process.exitCode = held === goals.length ? 0 : 1;
  const summary = `${held} of ${goals.length} goals held (seed ${seed}${seconds === undefined ? '' : `, ${seconds} seconds`})`;
  process.stdout.write(options.json ? `${JSON.stringify({ seed, seconds, held: held === goals.length, results }, undefined, 2)}\n` : `${summary}\n`);
  process.exit();
}

async function load(): Promise<Attack[]> {
  const files = readdirSync(join(__dirname, 'attacks')).filter(file => file.endsWith('.ts')).sort();
  return Promise.all(files.map(async file => ((await import(`./attacks/${file.replace(/\.ts$/, '')}`)) as { attack: Attack }).attack));
}

class UsageError extends Error {}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least) {
    throw new UsageError(`--${name} is ${text}, and has to be a number, at least ${least}.`);
  }
  return value;
}

main().catch(error => {
  process.stderr.write(`${error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
