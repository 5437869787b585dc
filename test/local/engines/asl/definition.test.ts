import { TASK, single } from './fake-host';
import { InvalidDefinitionError, UnsupportedDefinitionError, compileStateMachine } from '../../../../local/engines/asl';

const END = { E: { Type: 'Succeed' } };
const block = (states: object, more: object = {}): object => ({ StartAt: Object.keys(states)[0], States: states, ...more });

test.each<[string, unknown, string]>([
  ['no JSON', '{"a":', 'Invalid State Machine Definition: \'INVALID_JSON_DESCRIPTION: '],
  ['no object', '[]', 'SCHEMA_VALIDATION_FAILED: Expected value of type Object at /'],
  ['null', 'null', 'SCHEMA_VALIDATION_FAILED: Expected value of type Object at /'],
  ['no StartAt', { States: END }, 'The field "StartAt" is required but was missing at /'],
  ['no States', { StartAt: 'A' }, 'The field "States" is required but was missing at /'],
  ['empty States', { StartAt: 'A', States: {} }, 'Value cannot be empty at /States'],
  ['StartAt nowhere', { StartAt: 'X', States: END }, 'MISSING_TRANSITION_TARGET: Missing \'StartAt\' target: X at /StartAt'],
  ['Next nowhere', block({ A: { Type: 'Pass', Next: 'X' }, ...END }), 'MISSING_TRANSITION_TARGET: Missing \'Next\' target: X at /States/A/Next'],
  ['an unreachable state', block({ A: { Type: 'Succeed' }, B: { Type: 'Succeed' } }), 'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B'],
  ['no end', block({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }), 'MISSING_END_STATE: Workflow has no terminal state at null'],
  ['no Type', block({ A: { End: true } }), 'The field "Type" is required but was missing at /States/A'],
  ['an unknown Type', block({ A: { Type: 'Loop', End: true } }), 'at /States/A/Type'],
  ['a Type from the prototype', block({ A: { Type: 'constructor', End: true } }), 'at /States/A/Type'],
  ['neither Next nor End', block({ A: { Type: 'Pass' } }), 'at /States/A'],
  ['Next and End', block({ A: { Type: 'Pass', Next: 'E', End: true }, ...END }), 'Only one of the fields "Next" and "End" may be given at /States/A'],
  ['a field of another type', single({ Type: 'Map', TimeoutSeconds: 1, ItemProcessor: block(END) }), 'Field \'TimeoutSeconds\' is not supported at /States/S'],
  ['a field of JSONata', single({ Type: 'Pass', Output: 1 }), 'The QueryLanguage is set to \'JSONPath\', but field \'Output\' is only supported for the \'JSONata\' QueryLanguage at /States/S'],
  ['a field of JSONPath', single({ Type: 'Pass', ResultPath: '$' }, 'JSONata'), 'field \'ResultPath\' is only supported for the \'JSONPath\' QueryLanguage at /States/S'],
  ['a JSONPath state in JSONata', single({ Type: 'Pass', QueryLanguage: 'JSONPath' }, 'JSONata'), '\'QueryLanguage\' can not be \'JSONPath\' if set to \'JSONata\' for whole state machine at /States/S'],
  ['a language of a processor', single({ Type: 'Map', ItemProcessor: { ...block(END), QueryLanguage: 'JSONata' } }), 'Field \'QueryLanguage\' is not supported at /States/S/ItemProcessor'],
  ['a name used twice', single({ Type: 'Map', ItemProcessor: block({ S: { Type: 'Succeed' } }) }), 'DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S'],
  ['a long name', block({ ['n'.repeat(81)]: { Type: 'Succeed' } }), 'State name must not be longer than 80 characters'],
  ['an unknown language', { ...block(END), QueryLanguage: 'XPath' }, 'at /QueryLanguage'],
  ['a bad InputPath', single({ Type: 'Pass', InputPath: '$[' }), 'Value is not a valid JSONPath at /States/S/InputPath'],
  ['a bad ResultPath', single({ Type: 'Pass', ResultPath: '$.a[*]' }), 'Value is not a Reference Path at /States/S/ResultPath'],
  ['a number as path', single({ Type: 'Pass', OutputPath: 1 }), 'Value is not a valid JSONPath at /States/S/OutputPath'],
  ['no Resource', single({ Type: 'Task' }), 'The field "Resource" is required but was missing at /States/S'],
  ['no Choices', block({ C: { Type: 'Choice', Default: 'E' }, ...END }), 'The field "Choices" is required but was missing at /States/C'],
  ['a Wait for nothing', single({ Type: 'Wait' }), 'at /States/S'],
  ['a Wait for two things', single({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z' }), 'Only one of the fields'],
  ['a Wait of half a second', single({ Type: 'Wait', Seconds: 0.5 }), 'at /States/S/Seconds'],
  ['a bad Timestamp', single({ Type: 'Wait', Timestamp: 'tomorrow' }), 'Value is not a valid timestamp at /States/S/Timestamp'],
  ['empty Branches', single({ Type: 'Parallel', Branches: [] }), 'Value cannot be empty at /States/S/Branches'],
  ['no processor', single({ Type: 'Map' }), 'The field "ItemProcessor" is required but was missing at /States/S'],
  ['a retrier for nothing', single({ ...TASK, Retry: [{ ErrorEquals: [] }] }), 'Value cannot be empty at /States/S/Retry[0]/ErrorEquals'],
  ['States.ALL among others', single({ ...TASK, Retry: [{ ErrorEquals: ['A', 'States.ALL'] }] }), 'States.ALL must appear alone and at end of list'],
  ['States.ALL before others', single({ ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }), 'States.ALL must appear alone and at end of list'],
  ['a backoff below one', single({ ...TASK, Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] }), 'at /States/S/Retry[0]/BackoffRate'],
  ['an unknown jitter', single({ ...TASK, Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }] }), 'at /States/S/Retry[0]/JitterStrategy'],
  ['a catcher without Next', single({ ...TASK, Catch: [{ ErrorEquals: ['A'] }] }), 'The field "Next" is required but was missing at /States/S/Catch[0]'],
  ['a Catch that is no array', single({ ...TASK, Catch: {} }), 'Expected value of type Array at /States/S/Catch'],
  ['a variable named states', single({ Type: 'Pass', Assign: { states: 1 } }), 'Invalid workflow variable name: states at /States/S/Assign/states'],
  ['a variable with a dash', single({ Type: 'Pass', Assign: { 'a-b.$': '$' } }), 'Invalid workflow variable name: a-b'],
  ['a variable of the outer scope', block({
    A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
    M: { Type: 'Map', ItemProcessor: block({ I: { Type: 'Pass', Assign: { 'x.$': '$' }, End: true } }), End: true },
  }), 'DUPLICATE_VARIABLE_NAME: The variable name \'x\' was already defined in a parent scope. at /States/M/ItemProcessor/States/I/Assign/x.$'],
  ['a timeout of nothing', { ...block(END), TimeoutSeconds: 0 }, 'at /TimeoutSeconds'],
  ['a state that is no object', block({ A: 'Pass' }), 'Expected value of type Object at /States/A'],
  ['States that is an array', { StartAt: '0', States: [{ Type: 'Succeed' }] }, 'Expected value of type Object at /States'],
])('%s is refused', (_, definition, expected) => {
  const compile = (): unknown => compileStateMachine(definition as object);
  expect(compile).toThrow(InvalidDefinitionError);
  expect(compile).toThrow(expected);
});

test('all problems are told at once', () => {
  const compile = (): unknown => compileStateMachine(block({ A: { Type: 'Pass', Next: 'X', Bogus: 1 } }));
  expect(compile).toThrow(expect.objectContaining({
    problems: [
      'MISSING_END_STATE: Workflow has no terminal state at null',
      'SCHEMA_VALIDATION_FAILED: Field \'Bogus\' is not supported at /States/A',
      'MISSING_TRANSITION_TARGET: Missing \'Next\' target: X at /States/A/Next',
    ],
  }));
});

test.each(['ItemReader', 'ItemBatcher', 'ResultWriter'])('%s is named as unsupported', field => {
  const compile = (): unknown => compileStateMachine(single({ Type: 'Map', ItemProcessor: block(END), [field]: {} }));
  expect(compile).toThrow(UnsupportedDefinitionError);
  expect(compile).toThrow(`${field} is not supported (at /States/S)`);
});

test('definitions may come as text', () => {
  expect(() => compileStateMachine(JSON.stringify({ Comment: 'c', Version: '1.0', ...block(END) }))).not.toThrow();
});

test('an inner scope of a distributed Map may reuse names', () => {
  expect(() => compileStateMachine(block({
    A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
    M: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...block({ I: { Type: 'Pass', Assign: { x: 2 }, End: true } }) }, End: true },
  }))).not.toThrow();
});
