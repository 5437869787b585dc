import jsonata from 'jsonata';
import { EvaluationGuards } from '../../../../../local/engines/asl/jsonata/evaluation-guards';

const LOOKS = 2_000_000;

function lookTimes(guards: EvaluationGuards, count: number): void {
  for (let index = 0; index < count; index++) {
    guards.timeout;
  }
}

test('an evaluation has a million steps, and the next one has as many', () => {
  const guards = new EvaluationGuards();
  for (const _evaluation of [1, 2]) {
    guards.begin();
    lookTimes(guards, LOOKS - 1);
    expect(guards.timeout).toBe(Infinity);
    expect(guards.timeout).toBeLessThan(1);
    expect(guards.timeout).toBeLessThan(1);
  }
});

test('JSONata ends what has no steps left', async () => {
  const guards = new EvaluationGuards();
  const sum = jsonata('$reduce([1..2000], function($sum, $number) { $sum + $number })', guards);
  guards.begin();
  lookTimes(guards, LOOKS - 20_000);
  // Three steps for each number.
  expect(await sum.evaluate({})).toBe(2_001_000);
  await expect(sum.evaluate({})).rejects.toMatchObject({ code: 'D1012' });
});
