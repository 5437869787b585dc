// How deep JSONata goes in the matcher, and for how long: the figures of docs/matcher.md.
// Usage: node test/expressions/measure.mjs
import { readFileSync } from 'node:fs';
import jsonata from 'jsonata';

const [addressDigits, compilePattern, eventOddity, matchPage] = ['address-digits', 'compile-pattern', 'event-oddity', 'match-page']
  .map(name => readFileSync(new URL(`../../expressions/${name}.jsonata`, import.meta.url), 'utf8'));
const COMPILE = `(${compilePattern})($text)`;
const MATCH = `(${matchPage})($event, (${eventOddity})($eventText), $matchers)`;
const compile = evaluator(COMPILE, 100);

const upTo = (length, make) => {
  const parts = [];
  while (`{"detail":{${[...parts, make(parts.length)].join()}}}`.length <= length) parts.push(make(parts.length));
  return `{"detail":{${parts.join()}}}`;
};
const patterns = {
  'of an ordinary client': ['{"source":["shop"],"detail-type":["Sold"],"detail":{"status":["open"],"total":[{"numeric":[">",100]}],"items":{"sku":["s1"],"count":[{"numeric":[">",0]}]}}}'],
  'of 2,048 characters: fields': [upTo(2048, index => `"f${index}":[${['"x"', '{"prefix":"p"}', '{"numeric":[">",1]}', '{"anything-but":["y"]}'][index % 4]}]`)],
  'of 2,048 characters: wildcards of one field': [`{"detail":{"text":[${Array.from({ length: 75 }, (_, index) => `{"wildcard":"a*b*${index}"}`).join()}]}}`],
  'of 2,048 characters: addresses': [`{"detail":{"ip":[${Array.from({ length: 150 }, (_, index) => `"10.0.0.${index}"`).join()}]}}`],
  'of 2,048 characters: $or': [`{"detail":{"$or":[${Array.from({ length: 62 }, (_, index) => `{"f${index}":[{"wildcard":"a*b*"}]}`).join()}]}}`],
  'of 25 clients': Array.from({ length: 25 }, (_, index) => `{"source":["shop"],"detail":{"tenant":["t${index}"],"total":[{"numeric":[">",${index}]}],"items":{"sku":["s${index}"],"count":[{"anything-but":[7]}]}}}`),
};
const event = detail => ({ 'version': '0', 'id': '1', 'account': '111111111111', 'time': '', 'region': '', 'resources': [], 'source': 'shop', 'detail-type': 'Sold', 'detail': { status: 'open', total: 120, tenant: 't3', ...detail } });
const filled = make => {
  const items = Array.from({ length: 10_000 }, (_, index) => make(index));
  let size = 400;
  return items.slice(0, items.findIndex(item => (size += JSON.stringify(item).length + 1) > 128 * 1024));
};
const events = {
  'ordinary': event({ items: [{ sku: 's1', count: 1 }, { sku: 's2', count: 3 }] }),
  '128 KB of fields': event(Object.fromEntries(filled(index => [`f${index}`, `x${index}`]))),
  '128 KB in 450 elements': event({ items: Array.from({ length: 450 }, (_, index) => ({ sku: `s${index}`, count: index, note: 'n'.repeat(250) })) }),
  '128 KB in one text': event({ text: 'ab'.repeat(64 * 1024 - 300), ip: '10.0.0.7' }),
};

console.log('| pattern | characters of the matcher | compile: depth | ms |', ...Object.keys(events).flatMap(name => [`${name}: depth |`, 'ms | asked |']));
for (const [name, texts] of Object.entries(patterns)) {
  const matchers = [];
  for (const text of texts) matchers.push(await compile({ text }));
  const row = [name, Math.max(...matchers.map(matcher => matcher.length)), await depth(COMPILE, { text: texts[0] }), await milliseconds(COMPILE, { text: texts[0] })];
  for (const value of Object.values(events)) {
    const values = { event: value, eventText: JSON.stringify(value), matchers };
    const { ask } = await evaluator(MATCH, 100)(values);
    row.push(await depth(MATCH, values), await milliseconds(MATCH, values), ask.length);
  }
  console.log(`| ${row.join(' | ')} |`);
}

function evaluator(text, stack) {
  const expression = jsonata(`($addressDigits := ${addressDigits}; ${text})`, { stack });
  expression.registerFunction('parse', json => JSON.parse(json), '<s:x>');
  return values => expression.evaluate(undefined, values);
}

/** The least depth with which the evaluation succeeds. */
async function depth(text, values) {
  let [tooLittle, enough] = [1, 100];
  while (enough - tooLittle > 1) {
    const middle = Math.floor((tooLittle + enough) / 2);
    const succeeds = await evaluator(text, middle)(values).then(() => true, () => false);
    [tooLittle, enough] = succeeds ? [tooLittle, middle] : [middle, enough];
  }
  return enough;
}

/** Of processor time, at the median of some runs. */
async function milliseconds(text, values) {
  const evaluate = evaluator(text, 100);
  const runs = [];
  for (let run = 0; run < 9; run++) {
    const before = process.cpuUsage();
    await evaluate(values);
    const { user, system } = process.cpuUsage(before);
    runs.push((user + system) / 1000);
  }
  return runs.sort((left, right) => left - right)[4].toFixed(1);
}
