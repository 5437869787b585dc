import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureInTurn, ratePerCpuSecond } from '../support/processor.mjs';
import { row, rowWithoutYardstick } from '../support/row.mjs';
import { importLocal } from '../support/servers.mjs';
import { temporaryDirectory } from '../support/temporary-directory.mjs';
import { Yardstick } from '../support/yardstick.mjs';
import { events, mixedPatterns } from '../workloads/events.mjs';

const RULER = Yardstick.ofMaven('event-ruler');
const EVENTS = 5_000;

export default {
  name: 'event-patterns',
  about: 'JSON text in, the subscriptions that match out. Amazon\'s own matcher is given the time it needs to become fast.',
  async run({ quick }) {
    const time = quick ? { warmup: 0.05, seconds: 0.05 } : { warmup: 1, seconds: 1 };
    const rulerTime = quick ? time : { warmup: 8, seconds: 2 };
    const { compileEventPattern, EventPatternIndex } = await importLocal('engines/event-pattern/index');
    const texts = events(EVENTS);
    const ruler = RULER.has('target/dependency') && spawnSync('java', ['-version']).status === 0 ? prepareRuler(texts, rulerTime) : undefined;
    const rows = [];
    for (const { count, goal } of [{ count: 1_000, goal: { atLeast: 0.75 } }, { count: 10_000, goal: { atLeast: 0.4 } }]) {
      const patterns = mixedPatterns(count);
      const index = new EventPatternIndex();
      patterns.forEach((pattern, subscriber) => index.add(compileEventPattern(pattern), subscriber));
      const matches = texts.reduce((sum, text) => sum + index.match(JSON.parse(text)).length, 0);
      let next = 0;
      const match = () => index.match(JSON.parse(texts[next++ % texts.length]));
      const peer = ruler?.(patterns, matches);
      const samples = await measureInTurn(quick ? 1 : 5, { ours: () => ratePerCpuSecond(match, time), ...(peer && { peer }) });
      const common = { measure: `an event against ${count.toLocaleString('en-US')} patterns`, unit: 'events/CPU s', ours: samples.ours, goal };
      rows.push(peer
        ? row({ ...common, yardstick: { name: RULER.name, samples: samples.peer } })
        : rowWithoutYardstick({ ...common, name: RULER.name, remedy: RULER.remedy }));
    }
    return rows;
  },
};

function prepareRuler(texts, { warmup, seconds }) {
  const directory = temporaryDirectory();
  const eventFile = join(directory, 'events.ndjson');
  writeFileSync(eventFile, texts.join('\n'));
  return (patterns, expected) => {
    const patternFile = join(directory, `patterns-${patterns.length}.ndjson`);
    writeFileSync(patternFile, patterns.join('\n'));
    return () => {
      const [matches, rate] = RULER.answer('java', ['-XX:+UseSerialGC', '-cp', 'target/dependency/*', 'Measure.java', eventFile, patternFile, String(warmup), String(seconds)]);
      if (matches !== expected) {
        throw new Error(`event-ruler finds ${matches} matches, and we ${expected}.`);
      }
      return rate;
    };
  };
}
