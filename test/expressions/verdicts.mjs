// What the matcher says of pairs {pattern, event}, one a line: yes, no or ask. A process of its own, for Jest makes JSONata many times slower.
import { readFileSync } from 'node:fs';
import jsonata from 'jsonata';

/** Step Functions allows a hundred. */
const DEPTH = 60;

const [addressDigits, compilePattern, eventOddity, matchPage] = ['address-digits', 'compile-pattern', 'event-oddity', 'match-page']
  .map(name => readFileSync(new URL(`../../expressions/${name}.jsonata`, import.meta.url), 'utf8'));
const compile = limited(`(${compilePattern})($text)`);
const match = limited(`(${matchPage})($event, (${eventOddity})($eventText), $matchers)`);

for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
  const { pattern, event } = JSON.parse(line);
  console.log(await verdict(pattern, event));
}

function limited(text) {
  const expression = jsonata(`($addressDigits := ${addressDigits}; ${text})`, { stack: DEPTH });
  expression.registerFunction('parse', json => JSON.parse(json), '<s:x>');
  return values => expression.evaluate(undefined, values);
}

async function verdict(pattern, eventText) {
  const matcher = await compile({ text: pattern });
  if (matcher === 'ask') {
    return matcher;
  }
  const { yes, ask } = await match({ event: JSON.parse(eventText), eventText, matchers: [matcher] });
  return yes.length > 0 ? 'yes' : ask.length > 0 ? 'ask' : 'no';
}
