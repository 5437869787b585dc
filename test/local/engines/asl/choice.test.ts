import { run } from './fake-host';
import { compileStateMachine } from '../../../../local/engines/asl';

function machine(rule: object): object {
  return { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' }, Yes: { Type: 'Pass', Result: true, End: true }, No: { Type: 'Pass', Result: false, End: true } } };
}

const INPUT = {
  text: 'log-2026.txt',
  empty: '',
  three: 3,
  float: 3.5,
  yes: true,
  none: null,
  list: [1],
  object: {},
  time: '2026-01-01T12:00:00Z',
  sameTime: '2026-01-01T13:00:00.000+01:00',
  later: '2026-01-01T12:00:00.5Z',
  date: '2026-01-01',
};

test.each<[object, boolean]>([
  [{ Variable: '$.text', StringEquals: 'log-2026.txt' }, true],
  [{ Variable: '$.three', StringEquals: '3' }, false],
  [{ Variable: '$.text', StringLessThan: 'loh' }, true],
  [{ Variable: '$.text', StringGreaterThanEqualsPath: '$.text' }, true],
  [{ Variable: '$.text', StringMatches: 'log-*.txt' }, true],
  [{ Variable: '$.text', StringMatches: '*' }, true],
  [{ Variable: '$.text', StringMatches: 'log-*.tx' }, false],
  [{ Variable: '$.text', StringMatches: 'log-2026.txt*log' }, false],
  [{ Variable: '$.text', StringMatches: 'log-\\*.txt' }, false],
  [{ Variable: '$.empty', StringMatches: '*' }, true],
  [{ Variable: '$.three', StringMatches: '*' }, false],
  [{ Variable: '$.three', NumericEquals: 3 }, true],
  [{ Variable: '$.float', NumericGreaterThan: 3 }, true],
  [{ Variable: '$.text', NumericLessThan: 3 }, false],
  [{ Variable: '$.three', NumericLessThanEqualsPath: '$.float' }, true],
  [{ Variable: '$.yes', BooleanEquals: true }, true],
  [{ Variable: '$.none', BooleanEquals: false }, false],
  [{ Variable: '$.time', TimestampEqualsPath: '$.sameTime' }, true],
  [{ Variable: '$.time', TimestampLessThanPath: '$.later' }, true],
  [{ Variable: '$.date', TimestampLessThan: '2027-01-01T00:00:00Z' }, false],
  [{ Variable: '$.none', IsNull: true }, true],
  [{ Variable: '$.none', IsNull: false }, false],
  [{ Variable: '$.time', IsTimestamp: true }, true],
  [{ Variable: '$.date', IsTimestamp: true }, false],
  [{ Variable: '$.three', IsNumeric: true }, true],
  [{ Variable: '$.text', IsString: true }, true],
  [{ Variable: '$.list', IsBoolean: false }, true],
  [{ Variable: '$.missing', IsPresent: false }, true],
  [{ Variable: '$.none', IsPresent: true }, true],
  [{ Variable: '$$.Execution.Name', StringEquals: 'run' }, true],
  [{ Not: { Variable: '$.three', NumericEquals: 4 } }, true],
  [{ And: [{ Variable: '$.missing', IsPresent: true }, { Variable: '$.missing', NumericEquals: 4 }] }, false],
  [{ Or: [{ Variable: '$.three', NumericEquals: 4 }, { Not: { Variable: '$.yes', BooleanEquals: false } }] }, true],
])('%j is %s', async (rule, expected) => {
  expect(await run(machine(rule), INPUT)).toEqual({ status: 'SUCCEEDED', output: expected });
});

test.each<[object, string]>([
  [{ Variable: '$.missing', NumericEquals: 1 }, 'Invalid path \'$.missing\': The choice state\'s condition path references an invalid value.'],
  [{ Variable: '$.three', NumericEqualsPath: '$.missing' }, 'Invalid path \'$.missing\': The choice state\'s condition path references an invalid value.'],
  [{ Variable: '$.missing', IsNull: true }, 'Invalid path \'$.missing\': The choice state\'s condition path references an invalid value.'],
])('%j fails', async (rule, expected) => {
  expect(await run(machine(rule), INPUT)).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining(expected) as string });
});

test('a Choice without a match and without a default fails', async () => {
  const definition = { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'E' }] }, E: { Type: 'Succeed' } } };
  expect(await run(definition, { a: 2 })).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'An error occurred while executing the state \'C\' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.',
  });
});

test.each<[string, object]>([
  ['no operator', { Variable: '$.a' }],
  ['two operators', { Variable: '$.a', NumericEquals: 1, IsNull: true }],
  ['an unknown operator', { Variable: '$.a', NumericAlmost: 1 }],
  ['a constant of the wrong type', { Variable: '$.a', NumericEquals: '1' }],
  ['no variable', { NumericEquals: 1 }],
  ['a type test that is no boolean', { Variable: '$.a', IsNull: 'yes' }],
  ['an empty And', { And: [] }],
])('%s is refused', (_, rule) => {
  expect(() => compileStateMachine(machine(rule))).toThrow('SCHEMA_VALIDATION_FAILED');
});

test('a condition nested without end is refused', () => {
  let rule: object = { Variable: '$.a', IsNull: true };
  for (let depth = 0; depth < 5000; depth++) rule = { Not: rule };
  expect(() => compileStateMachine(machine(rule))).toThrow('nested');
});

test('rules in JSONPath assign, too', async () => {
  const definition = {
    StartAt: 'C',
    States: {
      C: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Assign: { 'by.$': '$.a' }, Next: 'E' }], Assign: { by: 'default' }, Default: 'E', OutputPath: '$.a' },
      E: { Type: 'Pass', Parameters: { 'by.$': '$by', 'in.$': '$' }, End: true },
    },
  };
  expect((await run(definition, { a: 1 })).output).toEqual({ by: 1, in: 1 });
  expect((await run(definition, { a: 2 })).output).toEqual({ by: 'default', in: 2 });
});
