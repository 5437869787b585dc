import { applies, SERVICE, USER } from './helpers';
import { AuthorizationRequest, ContextValue } from '../../../../local/engines/iam-policy';

type Context = Readonly<Record<string, ContextValue>>;

const holds = (Condition: object, context: Context = {}, more: Partial<AuthorizationRequest> = {}): boolean => applies({ Condition }, { context, ...more });

describe('operators', () => {
  test.each<[operator: string, policyValue: unknown, value: ContextValue, expected: boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', ['x', 'a'], 'a', true],
    ['StringEquals', [], 'a', false],
    ['stringequals', 'a', 'a', true],
    ['StringEqualsIgnoreCase', 'A', 'a', true],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEqualsIgnoreCase', 'A', 'a', false],
    ['StringLike', 'a*?', 'abc', true],
    ['StringLike', 'A*', 'abc', false],
    ['StringLike', 'a*', 'x:a', false],
    ['StringNotLike', 'a*', 'abc', false],
    ['NumericEquals', '10', 10, true],
    ['NumericEquals', 10, '10.0', true],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', '10', '9.5', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '-1', '0', true],
    ['NumericGreaterThanEquals', '2', '10', true],
    ['NumericEquals', '10', 'ten', false],
    ['NumericNotEquals', '10', 'ten', true],
    ['NumericEquals', '0', '', false],
    ['DateEquals', '2024-05-01T00:00:00Z', '2024-05-01T02:00:00+02:00', true],
    ['DateEquals', '1714521600', '2024-05-01T00:00:00Z', true],
    ['DateNotEquals', '2024-05-01', '2024-05-01T00:00:01Z', true],
    ['DateLessThan', '2024-05-01T00:00:00Z', '2024-04-30T23:59:59.999Z', true],
    ['DateLessThanEquals', '2024-05-01', '2024-05-01T00:00:00Z', true],
    ['DateGreaterThan', '2024', '2025-01-01', true],
    ['DateGreaterThan', '2024-05', '2024-05-01T00:00:00.001Z', true],
    ['DateGreaterThanEquals', '2024-05-01T00:00', '1714521600', true],
    ['DateGreaterThan', '2024-05-01', 'tomorrow', false],
    ['Bool', 'true', true, true],
    ['Bool', true, 'TRUE', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'yes', 'yes', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ6', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.7', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.7', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', ['10.0.0.0/8', '2001:db8::/32'], '2001:db8:1::5', true],
    ['IpAddress', '0.0.0.0/0', '203.0.113.7', true],
    ['IpAddress', '10.0.0.0/33', '10.0.0.1', false],
    ['IpAddress', '10.0.0.0/8', 'nonsense', false],
    ['NotIpAddress', '203.0.113.0/24', '203.0.114.7', true],
    ['ArnEquals', 'arn:aws:sns:*:123456789012:topic-*', 'arn:aws:sns:eu-west-1:123456789012:topic-1', true],
    ['ArnLike', 'arn:aws:states:*:*:stateMachine:Push*', 'arn:aws:states:eu-west-1:1:stateMachine:PushAll', true],
    // Segment by segment: no wildcard reaches into the next one.
    ['ArnLike', 'arn:aws:sns:*:topic', 'arn:aws:sns:eu-west-1:1:topic', false],
    ['ArnLike', 'arn:aws:sns:eu*1:topic', 'arn:aws:sns:eu-west-1:1:topic', false],
    ['ArnLike', 'arn:aws:sns:*', 'arn:aws:sns:eu-west-1:1:topic', true],
    ['ArnLike', 'arn:aws:sns:*:*:*', 'not an ARN', false],
    ['ArnNotEquals', 'arn:aws:sns:*:1:*', 'arn:aws:sns:eu-west-1:2:topic', true],
    ['ArnNotLike', 'arn:aws:sns:*:1:*', 'arn:aws:sns:eu-west-1:1:topic', false],
    ['Null', 'true', 'x', false],
    ['Null', 'false', 'x', true],
    ['Null', false, 'x', true],
  ])('%s %j and %j: %s', (operator, policyValue, value, expected) => {
    expect(holds({ [operator]: { 'my:Key': policyValue } }, { 'MY:key': value })).toBe(expected);
  });

  test.each<[string, unknown, boolean]>([
    ['StringEquals', 'a', false],
    ['StringNotEquals', 'a', true],
    ['StringNotLike', 'a', true],
    ['NumericNotEquals', '1', true],
    ['DateNotEquals', '2024', true],
    ['NotIpAddress', '10.0.0.0/8', true],
    ['ArnNotLike', 'arn:aws:sns:*:1:*', true],
    ['Bool', 'false', false],
    ['StringEqualsIfExists', 'a', true],
    ['NumericLessThanIfExists', '1', true],
    ['BoolIfExists', 'false', true],
    ['Null', 'true', true],
    ['Null', 'false', false],
    ['ForAllValues:StringEquals', 'a', true],
    ['ForAllValues:StringNotEquals', 'a', true],
    ['ForAnyValue:StringEquals', 'a', false],
    ['ForAnyValue:StringNotEquals', 'a', false],
    ['ForAnyValue:StringEqualsIfExists', 'a', true],
  ])('%s %j without the key: %s', (operator, policyValue, expected) => {
    expect(holds({ [operator]: { 'my:Key': policyValue } })).toBe(expected);
    expect(holds({ [operator]: { 'my:Key': policyValue } }, { 'my:Key': [] })).toBe(expected);
  });

  test('...IfExists still compares what is there', () => {
    expect(holds({ StringEqualsIfExists: { k: 'a' } }, { k: 'b' })).toBe(false);
  });
});

describe('several values in the request', () => {
  test.each<[string, string[], string[], boolean]>([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', [], ['a'], false],
    ['ForAllValues:StringLike', ['a*'], ['ab', 'ac'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['a', 'c'], false],
    ['ForAnyValue:StringEquals', ['a'], ['a', 'c'], true],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'c'], false],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'a'], false],
    ['ForAnyValue:NumericGreaterThan', ['5'], ['1', '6'], true],
    // Without a set operator one value can be compared, several cannot.
    ['StringEquals', ['a'], ['a'], true],
    ['StringEquals', ['a', 'b'], ['a', 'b'], false],
    ['StringNotEquals', ['x'], ['a', 'b'], false],
  ])('%s %j and %j: %s', (operator, policyValues, values, expected) => {
    expect(holds({ [operator]: { k: policyValues } }, { k: values })).toBe(expected);
  });
});

test('every operator and every key has to hold', () => {
  const Condition = { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } };
  expect(holds(Condition, { a: '1', b: '2', c: true })).toBe(true);
  expect(holds(Condition, { a: '1', b: 'x', c: true })).toBe(false);
  expect(holds(Condition, { a: '1', b: '2', c: false })).toBe(false);
  expect(holds({})).toBe(true);
  expect(holds({ Anything: {}, StringEquals: {} })).toBe(true);
});

describe('policy variables in conditions', () => {
  test.each<[string, string, Context, boolean]>([
    ['StringEquals', '${aws:username}', { k: 'ann' }, true],
    ['StringLike', '${aws:username}/*', { k: 'ann/x' }, true],
    ['StringEqualsIgnoreCase', 'X${aws:username}', { k: 'xANN' }, true],
    ['StringEquals', "${my:team, 'none'}", { k: 'none' }, true],
    ['ArnLike', 'arn:aws:s3:::${aws:username}', { k: 'arn:aws:s3:::ann' }, true],
    ['ArnLike', 'arn:aws:s3:::${aws:username}', { k: 'arn:aws:s3:::bob' }, false],
    // A variable that cannot be replaced makes the statement void, whatever the operator.
    ['StringEquals', '${my:team}', { k: 'x' }, false],
    ['StringNotEquals', '${my:team}', { k: 'x' }, false],
    ['ArnNotLike', 'arn:aws:s3:::${my:team}', { k: 'arn:aws:s3:::x' }, false],
    // Not in operators other than those for strings and ARNs.
    ['NumericEquals', '${my:number}', { 'k': 5, 'my:number': 5 }, false],
  ])('%s %s and %j: %s', (operator, policyValue, context, expected) => {
    expect(holds({ [operator]: { k: policyValue } }, context, { principal: USER })).toBe(expected);
  });
});

describe('keys that follow from the principal', () => {
  test('of a role session', () => {
    expect(holds({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/Writer' }, StringEquals: { 'aws:PrincipalAccount': '123456789012' } })).toBe(true);
    expect(holds({ Bool: { 'aws:PrincipalIsAWSService': 'false' }, StringEquals: { 'aws:PrincipalType': 'AssumedRole' } })).toBe(true);
    expect(holds({ Null: { 'aws:username': 'true' } })).toBe(true);
  });

  test('of a session of a role with a path', () => {
    const principal = { arn: 'arn:aws:sts::123456789012:assumed-role/Writer/s', account: '123456789012', roleArn: 'arn:aws:iam::123456789012:role/app/Writer' };
    expect(holds({ StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/app/Writer' } }, {}, { principal })).toBe(true);
  });

  test('of a user with a path', () => {
    expect(holds({ StringEquals: { 'aws:username': 'ann', 'aws:PrincipalType': 'User' } }, {}, { principal: USER })).toBe(true);
  });

  test('what the request says comes first', () => {
    expect(holds({ StringEquals: { 'aws:username': 'bob' } }, { 'aws:username': 'bob' }, { principal: USER })).toBe(true);
  });

  test('a service has no account', () => {
    expect(applies({ Condition: { Null: { 'aws:PrincipalAccount': 'true' } } }, { principal: SERVICE })).toBe(false);
  });
});

test('keys such as __proto__ and constructor are keys like any other', () => {
  const Condition = JSON.parse('{"Null":{"__proto__":"true","constructor":"true"}}') as object;
  expect(holds(Condition)).toBe(true);
  expect(holds(Condition, JSON.parse('{"__proto__":"x"}') as Context)).toBe(false);
});
