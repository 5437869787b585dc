import * as recorded from './recorded-answers.json';
import { compileJavaPattern } from '../../../../local/engines/java-pattern';

interface RecordedCase {
  readonly pattern: string;
  readonly input: string;
  readonly replacement: string;
  readonly text?: string;
  readonly fails?: true;
}

function answer({ pattern, input, replacement }: RecordedCase): string {
  const compiled = compileJavaPattern(pattern);
  const parts = [0, 2, -1].map((limit) => compiled.split(input, limit).map((part) => `[${part}]`).join(''));
  return [compiled.matches(input), compiled.replaceAll(input, '<$0>'), compiled.replaceFirst(input, replacement), ...parts].join('|');
}

const cases = recorded.cases as RecordedCase[];

describe('answers recorded from Java', () => {
  test.each(cases.filter(({ fails }) => !fails))('$pattern on $input', (recordedCase) => {
    expect(answer(recordedCase)).toBe(recordedCase.text);
  });

  test.each(cases.filter(({ fails }) => fails))('$pattern on $input fails', (recordedCase) => {
    expect(() => answer(recordedCase)).toThrow();
  });
});
