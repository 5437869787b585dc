import { refusal, transform } from './helpers';

const FUNCTION = { Type: 'AWS::Serverless::Function', Properties: { InlineCode: 'x', Handler: 'index.handler', Environment: { Variables: { B: 'local', C: { Ref: 'P' } } }, Layers: ['two'] } };
const GLOBALS = { Globals: { Function: { Runtime: 'nodejs22.x', Handler: 'other', Timeout: 5, Environment: { Variables: { A: 'global', B: 'global', C: { x: 1 } } }, Layers: ['one'] } } };

test('what is local comes first; maps are merged, lists put together, and functions taken whole', () => {
  expect(transform({ F: FUNCTION }, GLOBALS).F.Properties).toMatchObject({
    Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 5, Layers: ['one', 'two'], Environment: { Variables: { A: 'global', B: 'local', C: { Ref: 'P' } } },
  });
});

test('the section is no part of what comes out', () => {
  expect(transform({ T: { Type: 'AWS::Serverless::SimpleTable' } }, GLOBALS)).not.toHaveProperty('Globals');
});

test('a resource may ignore what is global, or some of it', () => {
  const own = { ...FUNCTION, Properties: { ...FUNCTION.Properties, Runtime: 'own' } };
  expect(transform({ F: { ...own, IgnoreGlobals: '*' } }, GLOBALS).F.Properties).not.toHaveProperty('Timeout');
  const { F } = transform({ F: { ...own, IgnoreGlobals: ['Timeout'] } }, GLOBALS);
  expect(F.Properties).toMatchObject({ Layers: ['one', 'two'] });
  expect(F.Properties).not.toHaveProperty('Timeout');
  expect(F).not.toHaveProperty('IgnoreGlobals');
});

test.each<[object, string, string]>([
  [{ Globals: 'x' }, "'Globals' section is invalid. It must be a non-empty dictionary", 'Globals'],
  [{ Globals: { Table: {} } }, "'Globals' section is invalid. 'Table' is not supported. Must be one of the following values - ['Api', 'CapacityProvider', 'Function', 'HttpApi', 'LayerVersion', 'SimpleTable', 'StateMachine', 'WebSocketApi']", 'Globals'],
  [{ Globals: { SimpleTable: { TableName: 'x' } } }, "'Globals' section is invalid. 'TableName' is not a supported property of 'SimpleTable'. Must be one of the following values - ['SSESpecification']", 'Globals.SimpleTable.TableName'],
  [{ Globals: { Function: [] } }, "'Globals' section is invalid. Value of Function must be a dictionary", 'Globals.Function'],
])('%j is refused', (template, message, path) => {
  expect(refusal({}, template)).toEqual({ message, path, logicalId: undefined });
});

test('what is ignored has to be there', () => {
  expect(refusal({ F: { ...FUNCTION, IgnoreGlobals: ['Role'] } }, GLOBALS)).toMatchObject({ message: "Resource F has invalid resource attribute 'IgnoreGlobals' on item 'Role'." });
});
