import { arnOf, TestTopic } from '../test-topic';

async function gets(policy: object, { scope = 'MessageAttributes', message = 'x', attributes = {} as object } = {}): Promise<boolean> {
  const topic = await TestTopic.start();
  await topic.subscribe('q', { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(policy), FilterPolicyScope: scope });
  await topic.publish(message, { MessageAttributes: attributes });
  return (await topic.messages('q')).length > 0;
}

const text = (value: string) => ({ DataType: 'String', StringValue: value });
const number = (value: string) => ({ DataType: 'Number', StringValue: value });
const array = (...values: unknown[]) => ({ DataType: 'String.Array', StringValue: JSON.stringify(values) });

describe('a filter on attributes', () => {
  test.each<[object, object, boolean]>([
    [{ a: ['x'] }, { a: text('x') }, true],
    [{ a: ['x'] }, { a: text('y') }, false],
    [{ a: ['x'] }, {}, false],
    [{ a: ['x'], b: ['y'] }, { a: text('x') }, false],
    [{ a: [{ 'anything-but': ['x'] }] }, { a: text('y') }, true],
    [{ a: [{ 'anything-but': ['x'] }] }, {}, false],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: text('xy') }, false],
    [{ a: [{ prefix: 'x' }, { suffix: 'z' }] }, { a: text('yz') }, true],
    [{ a: [{ 'equals-ignore-case': 'X' }] }, { a: text('x') }, true],
    [{ a: [{ cidr: '10.0.0.0/8' }] }, { a: text('10.1.2.3') }, true],
    [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: number('100') }, true],
    [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: number('101') }, false],
    [{ a: [{ numeric: ['=', 5] }] }, { a: text('5') }, false],
    [{ a: [5] }, { a: number('5.0') }, true],
    [{ a: [{ exists: true }] }, { a: text('x') }, true],
    [{ a: [{ exists: false }] }, {}, true],
    [{ a: ['x'] }, { a: array('w', 'x') }, true],
    [{ a: [{ 'anything-but': ['x'] }] }, { a: array('x') }, false],
    [{ a: ['x'] }, { a: { DataType: 'Binary', BinaryValue: 'eA==' } }, false],
    [{ $or: [{ a: ['x'] }, { b: ['x'] }] }, { b: text('x') }, true],
    [{ __proto__: undefined, constructor: ['x'] }, { a: text('x') }, false],
  ])('%j on %j: %s', async (policy, attributes, expected) => {
    expect(await gets(policy, { attributes })).toBe(expected);
  });
});

describe('a filter on the body', () => {
  test.each<[object, string, boolean]>([
    [{ order: { kind: ['new'] } }, '{"order":{"kind":"new"}}', true],
    [{ order: { kind: ['new'] } }, '{"order":{"kind":"old"}}', false],
    [{ order: { total: [{ numeric: ['>=', 10] }] } }, '{"order":{"total":10}}', true],
    [{ tags: ['a'] }, '{"tags":["b","a"]}', true],
    [{ a: [null] }, '{"a":null}', true],
    [{ a: [{ exists: false }] }, 'no JSON', false],
    [{ a: [{ exists: false }] }, '[1]', false],
  ])('%j on %s: %s', async (policy, message, expected) => {
    expect(await gets(policy, { scope: 'MessageBody', message })).toBe(expected);
  });
});

describe('what is no filter', () => {
  // As SNS refused them.
  test.each([
    ['{"a":["x"],"b":["x"],"c":["x"],"d":["x"],"e":["x"],"f":["x"]}', 'FilterPolicy: Filter policy can not have more than 5 keys'],
    [JSON.stringify({ a: Array.from({ length: 151 }, (_, index) => String(index)) }), 'FilterPolicy: Filter policy is too complex'],
    ['{"a":[]}', expect.stringMatching(/FilterPolicy: Empty arrays are not allowed/)],
    ['{"key":[{"suffix":100}]}', expect.stringMatching(/FilterPolicy: suffix match pattern must be a string/)],
    ['{"key":[{"anything-but":{"suffix":"test"}}]}', expect.stringMatching(/FilterPolicy: Unsupported anything-but pattern: suffix/)],
    ['{"key":[{"wildcard":"a*"}]}', expect.stringMatching(/FilterPolicy: Unrecognized match type wildcard/)],
    ['{"a":{"b":["x"]}}', expect.stringMatching(/Filter policy scope MessageAttributes does not support nested filter policy/)],
    ['{', expect.stringMatching(/FilterPolicy: failed to parse JSON\./)],
    ['[]', expect.stringMatching(/FilterPolicy: Filter is not an object/)],
  ])('%s', async (policy, reason) => {
    const topic = await TestTopic.start();
    const subscribe = topic.call('Subscribe', { Protocol: 'sqs', Endpoint: arnOf('sqs', 'q'), Attributes: { FilterPolicy: policy } });
    await expect(subscribe).rejects.toMatchObject({ code: 'InvalidParameter', message: typeof reason === 'string' ? `Invalid parameter: Attributes Reason: ${reason}` : reason });
  });

  test('is what is nested too deeply', async () => {
    const topic = await TestTopic.start();
    const FilterPolicy = `${'{"a":'.repeat(20_000)}["x"]${'}'.repeat(20_000)}`;
    const subscribe = topic.call('Subscribe', { Protocol: 'sqs', Endpoint: arnOf('sqs', 'q'), Attributes: { FilterPolicy, FilterPolicyScope: 'MessageBody' } });
    await expect(subscribe).rejects.toMatchObject({ code: 'InvalidParameter', message: expect.stringContaining('FilterPolicy: ') });
  });

  test('leaves the filter there was', async () => {
    const topic = await TestTopic.start();
    const SubscriptionArn = await topic.subscribe('q', { FilterPolicy: '{"a":["x"]}' });
    const set = (AttributeName: string, AttributeValue: string) => topic.call('SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue });
    await expect(set('FilterPolicy', '{"a":"x"}')).rejects.toMatchObject({ message: expect.stringMatching(/^Invalid parameter: FilterPolicy: "a" must be an object or an array/) });
    await expect(set('FilterPolicyScope', 'RandomValue')).rejects.toMatchObject({ message: 'Invalid parameter: FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes' });
    await topic.publish('x');
    expect(await topic.messages('q')).toEqual([]);
    await set('FilterPolicy', '');
    await topic.publish('x');
    expect(await topic.messages('q')).toHaveLength(1);
  });
});
