import * as arrays from './array-answers.json';
import * as recorded from './recorded-answers.json';
import { compileEventPattern } from '../../../../local/engines/event-pattern';

interface RecordedCase {
  readonly name: string;
  readonly pattern: string;
  readonly event?: string;
  readonly matches?: boolean;
  readonly message?: string;
}

const cases = recorded.cases as RecordedCase[];

describe('answers recorded from AWS', () => {
  test.each(cases.filter(({ message }) => message === undefined))('$name', ({ pattern, event, matches }) => {
    expect(compileEventPattern(pattern).matches(JSON.parse(event!))).toBe(matches);
  });

  test.each(cases.filter(({ message }) => message !== undefined))('$name', ({ pattern, message }) => {
    expect(() => compileEventPattern(pattern)).toThrow(new Error(message));
  });
});

test('fields inside of arrays are found like event-ruler does', () => {
  const differences = arrays.cases.filter(([pattern, event, expected]) =>
    compileEventPattern(pattern as string).matches(JSON.parse(event as string)) !== expected);
  expect(differences).toEqual([]);
});
