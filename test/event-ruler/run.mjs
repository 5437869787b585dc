// Holds the matcher of the delivery workflow against Amazon's own, event-ruler, on pairs of patterns and events.
// Usage: npx tsx --tsconfig tsconfig.dev.json test/event-ruler/pairs.ts 20000 1 > pairs.jsonl
//        mvn -q -f bench/yardsticks/event-ruler/pom.xml dependency:copy-dependencies
//        node local/bundle.mjs && node test/event-ruler/run.mjs pairs.jsonl
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Without these EventBridge takes no event. */
const MANDATORY = { 'id': '1', 'account': '111111111111', 'source': 'shop', 'time': '2026-01-01T00:00:00Z', 'region': 'us-east-1', 'detail-type': 'Sold' };

const root = fileURLToPath(new URL('../../', import.meta.url));
const pairs = readFileSync(process.argv[2], 'utf8').trim().split('\n').map(line => JSON.parse(line)).map(({ id, pattern, event }) => ({ id, pattern, event: complete(event) }));
const ours = answers(root, process.execPath, ['bin/lambdaless.js', 'match', '--matcher', 'workflow', '--jsonl'], pairs);
const theirs = askRuler(pairs);

const counts = { pairs: pairs.length, equal: 0, matching: 0, asked: 0, invalid: 0, 'event-ruler disagrees with itself': 0, different: 0 };
for (const pair of pairs) {
  const our = ours.get(pair.id);
  const their = theirs.get(pair.id);
  // How complex wildcards may be is EventBridge's rule, not the library's.
  if (our?.error !== undefined && (their?.error !== undefined || our.error.includes('Rule is too complex'))) {
    counts.invalid++;
  } else if (their?.error === undefined && our?.result === their?.machine && our?.result === their?.ruler) {
    counts.equal++;
    counts.matching += our.result ? 1 : 0;
    counts.asked += our.asked ? 1 : 0;
  } else if (their?.error === undefined && (their?.machine !== their?.ruler || their?.machine !== machineOneByOne(pair) || (!pair.pattern.includes('"exists":false') && their?.machine !== machineRenamed(pair)))) {
    counts['event-ruler disagrees with itself']++;
  } else {
    counts.different++;
    console.error(JSON.stringify({ ...pair, ours: our, theirs: their }));
  }
}
console.log(counts);
process.exitCode = counts.different > 0 ? 1 : 0;

/** What event-ruler says when the alternatives of each field are asked one at a time: the answer must be the same. */
function machineOneByOne({ event, pattern }) {
  const single = oneByOne(JSON.parse(pattern)).map((alternative, id) => ({ id, event, pattern: JSON.stringify(alternative) }));
  return [...askRuler(single).values()].some(({ machine }) => machine);
}

/** What event-ruler says when the names of the fields sort the other way round. Only to `exists: false` the order may matter. */
function machineRenamed({ event, pattern }) {
  const steps = [...new Set(namesIn(JSON.parse(event)).flatMap(name => name.split('.')))].sort();
  const rename = name => name.split('.').map(step => step === '' ? step : `n${String(steps.length - steps.indexOf(step)).padStart(4, '0')}${step}`).join('.');
  const renamedEvent = value => Array.isArray(value) ? value.map(renamedEvent)
    : value === null || typeof value !== 'object' ? value : Object.fromEntries(Object.entries(value).map(([name, item]) => [rename(name), renamedEvent(item)]));
  const renamedPattern = fields => Object.fromEntries(Object.entries(fields).map(([name, item]) =>
    name === '$or' && Array.isArray(item) ? [name, item.map(renamedPattern)] : [rename(name), Array.isArray(item) ? item : renamedPattern(item)]));
  const [{ machine }] = askRuler([{ id: 0, event: JSON.stringify(renamedEvent(JSON.parse(event))), pattern: JSON.stringify(renamedPattern(JSON.parse(pattern))) }]).values();
  return machine;
}

function namesIn(value) {
  return value === null || typeof value !== 'object' ? [] : Object.entries(value).flatMap(([name, item]) => Array.isArray(value) ? namesIn(item) : [name, ...namesIn(item)]);
}

/** All patterns that take one alternative of each field's list. */
function oneByOne(pattern) {
  return Object.entries(pattern).reduce((patterns, [name, value]) => {
    const values = name === '$or' && Array.isArray(value) ? [value.flatMap(oneByOne)]
      : Array.isArray(value) ? value.map(item => [item]) : oneByOne(value);
    return patterns.flatMap(before => values.map(item => ({ ...before, [name]: item })));
  }, [{}]);
}

function askRuler(asked) {
  return answers(`${root}bench/yardsticks/event-ruler`, 'java', ['-cp', 'target/dependency/*', 'Match.java'], asked);
}

function complete(event) {
  const rest = event.trim().slice(1);
  return `${JSON.stringify(MANDATORY).slice(0, -1)}${rest === '}' ? '' : ','}${rest}`;
}

function answers(cwd, command, args, asked) {
  const input = asked.map(pair => JSON.stringify(pair)).join('\n');
  const { stdout, stderr, error } = spawnSync(command, args, { cwd, input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (error || stdout === '') {
    throw error ?? new Error(stderr);
  }
  return new Map(stdout.trim().split('\n').map(line => JSON.parse(line)).map(answer => [answer.id, answer]));
}
