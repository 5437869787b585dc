// Random pairs for run.mjs. Usage: npx tsx --tsconfig tsconfig.dev.json test/event-ruler/pairs.ts <count> <seed>
import fc from 'fast-check';
import { eventPatternPairs } from '../support/event-pattern-pairs';

const [count, seed] = process.argv.slice(2).map(Number);
const pairs = fc.sample(eventPatternPairs, { numRuns: count, seed });
process.stdout.write(pairs.map((pair, id) => `${JSON.stringify({ id, ...pair })}\n`).join(''));
