// Plays a day of a large system, and prints where it reaches AWS's quotas first and what it costs. Usage: npm run simulate [-- --json | --write]
//   --write   puts the tables into docs/simulation.md and docs/engines.md, where `<!-- name -->` stands above each
import { readFileSync, writeFileSync } from 'node:fs';
import { playDay } from './day.mjs';
import { functionsLoad, functionsUsage, indexedFunctionsUsage, socketLoad, socketUsage } from './designs.mjs';
import { engineCosts } from './engines.mjs';
import { costOf, PRICES } from './prices.mjs';
import { QUOTAS } from './quotas.mjs';
import { ANNOUNCEMENT_HOURS, ASSUMED, DAY, SYSTEM } from './system.mjs';

const SHARDS = [1, 4, 16, 32];
const number = (value, digits = 0) => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const dollars = value => number(value, 2);
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
const host = url => `[${new URL(url).hostname.replace(/^www\.|^docs\./, '')}](${url})`;

const days = Object.fromEntries(SHARDS.map(shards => [shards, playDay({ shards })]));
const day = days[16];
const usages = { socket: socketUsage(day), functions: functionsUsage(day), indexed: indexedFunctionsUsage(day) };
const cost = usage => Object.values(usage).reduce((sum, each) => sum + costOf(each), 0);

const loads = load => [...load].sort((left, right) => right.used / limit(right) - left.used / limit(left))
  .map(({ quota, used }) => [quota.what, number(used), number(quota.perSecond ?? quota.atOnce), `${number(100 * used / limit({ quota }))} %`]);
function limit({ quota }) {
  return quota.perSecond ?? quota.atOnce;
}

/** Each table by its name, as docs/simulation.md and docs/engines.md hold them. */
export const TABLES = {
  day: table(['in the day', 'number'], [
    ['connections made', number(day.total.connects)], ['subscriptions', number(day.total.subscribes)], ['pings', number(day.total.pings)],
    ['events for one client', number(day.total.personal)], ['events for a room', number(day.total.room)], ['events that nobody receives', number(day.total.unmatched)],
    ['announcements', number(day.total.announcements)], ['messages to clients', number(day.total.posts)], ['messages given up', number(day.total.lost)],
  ]),
  quotas: table(['quota', 'busiest second', 'AWS lets through', 'used'], loads(socketLoad(day))),
  functionsQuotas: table(['quota', 'busiest second', 'AWS lets through', 'used'], loads(functionsLoad(day))),
  announcements: table(['shards', 'copies that the executions send in a second', 'last of 100,000 copies', 'tried again', 'given up'], SHARDS.map(shards => {
    const { announcements, total } = days[shards];
    const busiest = announcements.reduce((most, each) => each.clients > most.clients ? each : most);
    return [number(shards), number(shards * 24 / (ASSUMED.hopMilliseconds.value / 1000)), `${number(busiest.seconds * 100_000 / busiest.clients)} s`, number(total.delayed), number(total.lost)];
  })),
  cost: table(['for', 'EventSocket', 'functions that scan', 'functions with the same index'], [
    ...[...new Set(Object.values(usages).flatMap(usage => Object.keys(usage)))].map(name => [name, ...['socket', 'functions', 'indexed'].map(design => {
      const usage = usages[design][name];
      return usage ? dollars(costOf(usage)) : '';
    })]),
    ['**a day, in US dollars**', `**${dollars(cost(usages.socket))}**`, `**${dollars(cost(usages.functions))}**`, `**${dollars(cost(usages.indexed))}**`],
  ]),
  choices: table(['choice', 'value'], [...Object.values(SYSTEM).map(({ what, value }) => [what, number(value)]), ['hours with announcements', ANNOUNCEMENT_HOURS.join(', ')],
    ['clients at each hour, of 100', DAY.map(share => Math.round(share * 100)).join(' ')]]),
  assumptions: table(['assumed', 'value'], Object.entries(ASSUMED).map(([name, { what, value }]) => [what, `${number(value)} ${name.endsWith('Milliseconds') ? 'ms' : name.endsWith('Bytes') ? 'bytes' : name.endsWith('Megabytes') ? 'MB' : ''}`.trim()])),
  prices: table(['meter', 'US dollars a million', 'source'], Object.values(PRICES).map(({ what, perMillion, source }) => [what, String(perMillion), host(source)])),
  limits: table(['quota', 'value', 'adjustable', 'source'], Object.values(QUOTAS).map(({ what, perSecond, atOnce, adjustable, source }) => [what, perSecond ? `${number(perSecond)} a second` : number(atOnce), adjustable ? 'yes' : 'no', host(source)])),
  engines: table(['events that match, of 100', 'distinct patterns that each of them matches', 'index', 'rules'], [[0, 1], [1, 1], [10, 1], [50, 1], [100, 1], [10, 5], [100, 2], [100, 5]].map(([matching, patterns]) => {
    const { index, rules } = engineCosts(matching, patterns);
    return [number(matching), matching === 0 ? '' : number(patterns), dollars(index), dollars(rules)];
  })),
};

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ tables: TABLES, day, cost: { socket: cost(usages.socket), functions: cost(usages.functions) } }));
} else if (process.argv.includes('--write')) {
  for (const page of ['simulation', 'engines']) {
    const file = new URL(`../docs/${page}.md`, import.meta.url);
    const text = readFileSync(file, 'utf8').replace(/<!-- (\w+) -->\n(\|.*\n)*/g, (_, name) => `<!-- ${name} -->\n${TABLES[name]}\n`);
    writeFileSync(file, text);
  }
} else {
  for (const [title, name] of [['The day', 'day'], ['Quotas, EventSocket', 'quotas'], ['Quotas, functions', 'functionsQuotas'], ['Announcements', 'announcements'], ['Cost', 'cost'], ['Engines, US dollars a million events', 'engines']]) {
    console.log(`\n${title}\n${TABLES[name]}`);
  }
}
