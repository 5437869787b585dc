import fc from 'fast-check';
import { FakeHost, run } from './fake-host';
import { InvalidDefinitionError, UnsupportedDefinitionError, compileStateMachine } from '../../../../local/engines/asl';
import { hostileJson, tokens } from '../../../support/fuzz';

const STATUSES = ['SUCCEEDED', 'FAILED', 'TIMED_OUT'];

/** A definition runs to one of its ends or is refused, and the same way twice. */
async function check(definition: string | object, input: unknown): Promise<void> {
  const attempt = async (): Promise<unknown> => {
    try {
      compileStateMachine(definition);
    } catch (error) {
      if (error instanceof InvalidDefinitionError || error instanceof UnsupportedDefinitionError) return error.message;
      throw error;
    }
    const result = await run(definition as object, input, { host: new FakeHost() });
    expect(STATUSES).toContain(result.status);
    return result;
  };
  expect(await attempt()).toEqual(await attempt());
}

const path = fc.oneof(tokens('$', '.', 'a', '[', ']', '0', '*', '\'a\'', '$$', 'Map', '..', '?(@.a)').map(text => `$${text}`), fc.constantFrom('$', '$.a', '$$.Map.Item.Value', '$v'));
const intrinsic = tokens('States.', 'Format(', 'Array(', 'ArrayRange(', 'JsonMerge(', 'StringToJson(', 'MathAdd(', 'UUID()', '\'{}\'', '\'a\'', '$.a', '1', ',', ')', ' ', '\\').map(text => `States.${text}`);
const expression = tokens(
  '$states.input', '.a', '[0]', '$sum(', '$map(', 'function($x){', '$x', '}', ')', '(', '[1..3]', '{', '"a":', '+', '&', '=', 'and', ' in ', '?', ':', '1', '"s"', '/a+/', '$string(', '$eval(', '$v', '**', '.%', '^', '~>', '|', '__proto__', 'constructor',
).map(text => `{% ${text} %}`);
const value = fc.oneof(hostileJson('a.$', 'x.$'), path, intrinsic, expression);

const next = fc.constantFrom('A', 'B');
const result = { ResultSelector: value, ResultPath: path };
const recovery = {
  Retry: fc.array(fc.record({ ErrorEquals: fc.constantFrom(['States.ALL'], ['x']), MaxAttempts: fc.integer({ min: 0, max: 2 }) }), { maxLength: 1 }),
  Catch: fc.array(fc.record({ ErrorEquals: fc.constant(['States.ALL']), Next: next }), { maxLength: 1 }),
};
const block = fc.constant({ StartAt: 'I', States: { I: { Type: 'Pass', End: true } } });

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** A state with few of its type's fields at a time, so that most of what is made is accepted. */
function state(Type: string, required: Fields, optional: Fields = {}): fc.Arbitrary<Record<string, unknown>> {
  const common = { InputPath: path, OutputPath: path, Output: value, Assign: fc.dictionary(fc.constantFrom('v', '__proto__', 'v.$'), value) };
  const some = fc.subarray(Object.entries<fc.Arbitrary<unknown>>({ ...common, ...optional }), { maxLength: 3 })
    .chain(fields => fc.record(Object.fromEntries(fields)));
  return fc.tuple(fc.record(required), some).map(([own, more]) => ({ Type, ...own, ...more }));
}

const end = { End: fc.constant(true) };
const states = fc.oneof(
  state('Pass', end, { Parameters: value, Result: value, ResultPath: path }),
  state('Task', { ...end, Resource: fc.constant('arn:aws:states:::a:b') }, { Parameters: value, Arguments: value, ...result, ...recovery }),
  state('Choice', {
    Choices: fc.array(fc.record({ Variable: path, IsPresent: fc.boolean(), StringEqualsPath: path, Condition: expression, Next: next }, { requiredKeys: ['Next'] }), { maxLength: 2 }),
    Default: next,
  }),
  state('Wait', { ...end, Seconds: fc.oneof(fc.integer({ min: -1, max: 5 }), expression) }),
  state('Succeed', {}),
  state('Fail', {}, { Error: fc.oneof(fc.string(), expression), CausePath: fc.oneof(path, intrinsic) }),
  state('Parallel', { ...end, Branches: fc.array(block, { maxLength: 2 }) }, { ...result, ...recovery }),
  state('Map', { ...end, ItemProcessor: block }, { ItemsPath: path, Items: value, MaxConcurrency: fc.integer({ min: -1, max: 3 }), ItemSelector: value, ...result, ...recovery }),
);

test('definitions run or are refused', async () => {
  await fc.assert(fc.asyncProperty(states, states, fc.constantFrom('JSONata', 'JSONPath'), hostileJson('b'), async (first, second, QueryLanguage, input) => {
    await check({ QueryLanguage, StartAt: 'A', TimeoutSeconds: 60, States: { A: first, B: second } }, input);
    await check({ QueryLanguage, StartAt: 'A', TimeoutSeconds: 60, States: { A: first } }, input);
  }), { numRuns: 1_000 });
}, 60_000);

test('any JSON text is a definition or is refused', async () => {
  await fc.assert(fc.asyncProperty(hostileJson('StartAt', 'States', 'Type', 'Branches'), fc.constantFrom('JSONata', 'JSONPath'), async (document, QueryLanguage) => {
    await check(JSON.stringify(document), {});
    await check({ QueryLanguage, StartAt: 'a', States: document as object }, {});
  }), { numRuns: 1_000 });
});

test.each<[string, object]>([
  ['branches in branches', Array.from({ length: 3_000 }).reduce<object>((inner, _, index) => ({ StartAt: `S${index}`, States: { [`S${index}`]: { Type: 'Parallel', Branches: [inner], End: true } } }), { StartAt: 'E', States: { E: { Type: 'Succeed' } } })],
  ['values in values', { StartAt: 'A', States: { A: { Type: 'Pass', Parameters: JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`) as object, End: true } } }],
])('%s are refused where they are too many', (_, definition) => {
  expect(() => compileStateMachine(definition)).toThrow(InvalidDefinitionError);
});
