import * as fc from 'fast-check';
import { request } from './helpers';
import { compilePattern } from '../../../../local/engines/iam-policy/pattern';
import { RequestContext } from '../../../../local/engines/iam-policy/request-context';

const context = new RequestContext(request());
const characters = fc.constantFrom('a', 'b', ':', '*', '?');
const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 12 });

/** The same pattern as a regular expression, which may take its time on texts this short. */
function expression(pattern: string, arn: boolean): RegExp {
  const source = [...pattern].map((character, index) => {
    if (character === '?') return '[^]';
    if (character !== '*') return character;
    const next = pattern[index + 1];
    return !arn || next === undefined || next === ':' || next === '*' ? '[^]*' : '[^:]*';
  });
  return new RegExp(`^${source.join('')}$`);
}

test.each([true, false])('patterns match what the same regular expression matches (ARN: %s)', arn => {
  fc.assert(fc.property(fc.string({ unit: characters, maxLength: 8 }), text, (pattern, candidate) => {
    const compiled = compilePattern(pattern, { wildcards: true, variables: false, arn });
    expect(compiled.matches(candidate, context)).toBe(expression(pattern, arn).test(candidate));
  }), { numRuns: 3000, seed: 7 });
});

test('a pattern without wildcards matches itself only', () => {
  const compiled = compilePattern('a*?', { wildcards: false, variables: false });
  expect(compiled.matches('a*?', context)).toBe(true);
  expect(compiled.matches('abc', context)).toBe(false);
});
