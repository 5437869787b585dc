import { applies, TABLE } from './helpers';

describe('actions', () => {
  test.each<[string | string[], string, boolean]>([
    ['dynamodb:PutItem', 'dynamodb:PutItem', true],
    ['DynamoDB:putitem', 'dynamodb:PutItem', true],
    ['dynamodb:PutItem', 'DYNAMODB:PUTITEM', true],
    ['dynamodb:PutItem', 'dynamodb:PutItems', false],
    ['dynamodb:Put*', 'dynamodb:PutItem', true],
    ['dynamodb:*Item', 'dynamodb:BatchPutItem', true],
    ['dynamodb:?utItem', 'dynamodb:PutItem', true],
    ['dynamodb:?utItem', 'dynamodb:utItem', false],
    ['dynamodb:*', 'events:PutEvents', false],
    ['*', 'events:PutEvents', true],
    ['*:*', 'events:PutEvents', true],
    [['events:PutEvents', 'dynamodb:Get*'], 'dynamodb:GetItem', true],
    [['events:PutEvents', 'dynamodb:Get*'], 'dynamodb:PutItem', false],
    // Nothing in an action is a regular expression.
    ['dynamodb:Put.tem', 'dynamodb:PutItem', false],
  ])('%j and %s: %s', (Action, action, expected) => {
    expect(applies({ Action }, { action })).toBe(expected);
    expect(applies({ NotAction: Action }, { action })).toBe(!expected);
  });
});

describe('resources', () => {
  test.each<[string | string[], string, boolean]>([
    [TABLE, TABLE, true],
    [TABLE, `${TABLE}2`, false],
    [TABLE, TABLE.toLowerCase(), false],
    [`${TABLE}/index/*`, `${TABLE}/index/byName`, true],
    [`${TABLE}/index/*`, TABLE, false],
    [`${TABLE}*`, `${TABLE}/index/byName`, true],
    ['arn:aws:dynamodb:*:*:table/Orders', TABLE, true],
    ['arn:aws:dynamodb:*:*:table/Ord?rs', TABLE, true],
    ['arn:aws:dynamodb:*:*:table/*/index/*', `${TABLE}/index/byName`, true],
    ['arn:aws:dynamodb:us-east-1:*:table/Orders', TABLE, false],
    [['arn:aws:s3:::a', TABLE], TABLE, true],
    ['*', '*', true],
    // An action that has no resources asks for "*", which no ARN grants.
    ['arn:aws:events:eu-west-1:123456789012:event-bus/default', '*', false],
    // What is left out of an ARN stands for anything.
    ['arn:aws:dynamodb', TABLE, true],
    ['arn:aws:dynamodb:eu-west-1', TABLE, true],
    ['arn:aws:sqs', TABLE, false],
    // A wildcard at the end of a segment reaches beyond the colon, one within a segment does not.
    ['arn:aws:states:*:stateMachine:Push', 'arn:aws:states:eu-west-1:123456789012:stateMachine:Push', true],
    ['arn:aws:states:eu*1:stateMachine:Push', 'arn:aws:states:eu-west-1:123456789012:stateMachine:Push', false],
    ['arn:aws:dynamodb:e*-1:*:table/Orders', TABLE, true],
    ['arn:aws:dynamodb:e*Orders', TABLE, false],
    // The connection of a WebSocket is a placeholder in the resource that is evaluated.
    ['arn:aws:execute-api:*:*:api/prod/POST/@connections/abc=', 'arn:aws:execute-api:eu-west-1:1:api/prod/POST/@connections/{connectionId}', false],
    ['arn:aws:execute-api:*:*:api/prod/POST/@connections/*', 'arn:aws:execute-api:eu-west-1:1:api/prod/POST/@connections/{connectionId}', true],
    ['arn:aws:execute-api:*:*:api/*/*/@connections/*', 'arn:aws:execute-api:eu-west-1:1:api/prod/POST/@connections/{connectionId}', true],
  ])('%j and %s: %s', (Resource, resource, expected) => {
    expect(applies({ Resource }, { resource, resourceAccount: '123456789012' })).toBe(expected);
    expect(applies({ NotResource: Resource }, { resource, resourceAccount: '123456789012' })).toBe(!expected);
  });
});

describe('policy variables', () => {
  const context = { 'aws:PrincipalTag/Team': 'red', 's3:prefix': ['a', 'b'], 'star': '*' };

  test.each<[string, string, boolean]>([
    ['arn:aws:s3:::home/${aws:PrincipalTag/Team}/*', 'arn:aws:s3:::home/red/x', true],
    ['arn:aws:s3:::home/${AWS:principaltag/team}', 'arn:aws:s3:::home/red', true],
    ['arn:aws:s3:::home/${aws:PrincipalTag/Team}/*', 'arn:aws:s3:::home/blue/x', false],
    ["arn:aws:s3:::home/${aws:PrincipalTag/Floor, 'ground'}", 'arn:aws:s3:::home/ground', true],
    ["arn:aws:s3:::home/${aws:PrincipalTag/Team, 'ground'}", 'arn:aws:s3:::home/ground', false],
    ['arn:aws:s3:::home/${aws:PrincipalTag/Floor}', 'arn:aws:s3:::home/', false],
    ['arn:aws:s3:::home/${aws:PrincipalTag/Floor}', 'arn:aws:s3:::home/${aws:PrincipalTag/Floor}', false],
    ['arn:aws:s3:::a${*}b${?}c${$}', 'arn:aws:s3:::a*b?c$', true],
    ['arn:aws:s3:::a${*}b', 'arn:aws:s3:::axxb', false],
    // A value stands for itself, and a key with several values for none.
    ['arn:aws:s3:::home/${star}', 'arn:aws:s3:::home/red', false],
    ['arn:aws:s3:::home/${star}', 'arn:aws:s3:::home/*', true],
    ['arn:aws:s3:::${s3:prefix}', 'arn:aws:s3:::a', false],
    ['arn:aws:s3:::not ${closed', 'arn:aws:s3:::not ${closed', true],
  ])('%s and %s: %s', (Resource, resource, expected) => {
    expect(applies({ Resource }, { resource, context })).toBe(expected);
  });

  test('mean nothing in the first version of the language', () => {
    const statement = { Resource: 'arn:aws:s3:::home/${aws:username}' };
    const literal = { resource: 'arn:aws:s3:::home/${aws:username}' };
    expect(applies(statement, literal, '2008-10-17')).toBe(true);
    expect(applies(statement, literal)).toBe(false);
  });
});

test('matching takes no time that explodes', () => {
  const stars = `arn:aws:s3:::${'a*'.repeat(500)}b`;
  expect(applies({ Resource: stars }, { resource: `arn:aws:s3:::${'a'.repeat(2000)}` })).toBe(false);
  expect(applies({ Resource: `arn:aws:s3:::${'*?'.repeat(500)}:b` }, { resource: `arn:aws:s3:::${'a:'.repeat(1000)}` })).toBe(false);
  expect(applies({ Resource: `arn:aws:s3:::${'${'.repeat(100_000)}` }, { resource: 'arn:aws:s3:::x' })).toBe(false);
});
