// Measures the runtime beside its yardsticks, in turn on this machine.
// Usage: npm run bench -- [--quick] [--only <suite>[,<suite>]] [--json] [--write <file>]
//        npm run bench -- --install
//   --quick    one short round of each: shows that everything runs, not how fast
//   --json     prints one JSON object in place of the tables
//   --write    writes the page of benchmarks, too; npm run bench:page writes docs/benchmarks.md
//   --install  installs the yardsticks that are missing, each in a folder of its own
// A suite is a module in suites/ that exports `default { name, about, run({ quick }) → Promise<rows> }`; support/row.mjs makes its rows.
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from './support/machine.mjs';
import { page } from './support/page.mjs';
import { isMet } from './support/row.mjs';
import { table } from './support/table.mjs';
import { Yardstick } from './support/yardstick.mjs';

const flag = { type: 'boolean', default: false };
const { values: options } = parseArgs({ options: { quick: flag, json: flag, install: flag, only: { type: 'string' }, write: { type: 'string' } } });

const files = readdirSync(new URL('suites/', import.meta.url)).filter(file => file.endsWith('.mjs')).sort();
const suites = await Promise.all(files.map(async file => (await import(`./suites/${file}`)).default));
const only = options.only?.split(',') ?? suites.map(suite => suite.name);
const unknown = only.filter(name => !suites.some(suite => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite "${unknown.join('", "')}". Suites: ${suites.map(suite => suite.name).join(', ')}.`);
  process.exit(1);
}

if (options.install) {
  Yardstick.known.forEach(yardstick => yardstick.install());
  process.exit();
}

if (!options.json) {
  console.log(machine());
  if (options.quick) {
    console.log('Quick: one short round each. The figures show that everything runs, not how fast.');
  }
}
const results = [];
for (const suite of suites.filter(each => only.includes(each.name))) {
  // A short round says nothing about a goal.
  const rows = (await suite.run({ quick: options.quick })).map(row => ({ ...row, met: options.quick ? undefined : isMet(row) }));
  results.push({ suite: suite.name, about: suite.about, rows });
  if (!options.json) {
    console.log(`\n${suite.name}\n${table(rows)}`);
  }
}
if (options.write) {
  writeFileSync(options.write, page({ machine: machine(), day: new Date().toISOString().slice(0, 10), quick: options.quick, results }));
}
if (options.json) {
  console.log(JSON.stringify({ machine: machine(), quick: options.quick, results }, undefined, 2));
}
