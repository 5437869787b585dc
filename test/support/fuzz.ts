import fc from 'fast-check';

type ErrorClass = abstract new (...parameters: never[]) => Error;

/** What a function makes of something, or what it refuses it with: only errors of these classes are refusals, all others are bugs. */
export function outcome(errors: readonly ErrorClass[], work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (errors.some(known => error instanceof known)) return `${(error as Error).name}: ${(error as Error).message}`;
    throw error;
  }
}

/** Texts put together from the tokens of a language, which come further into its parser than random characters do. */
export function tokens(...words: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 3, unit: 'binary' })), { maxLength: 40 }).map(parts => parts.join(''));
}

/** JSON values with the names that JavaScript keeps for itself among the others. */
export function hostileJson(...names: readonly string[]): fc.Arbitrary<unknown> {
  const key = fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '', 'a', ...names);
  return fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e21, '', 'a', '$.a', '\ud800'),
      fc.array(tie('value'), { maxLength: 4 }),
      // Through text, as JSON.parse makes __proto__ a member like any other.
      fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(members => JSON.parse(`{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`) as unknown),
    ),
  })).value;
}
