import { connectParameters, disconnectParameters } from '../../../../local/services/apigatewayv2/client-parameters';

const randomness = { number: () => 0, bytes: (length: number) => Buffer.alloc(length, 0xab), uuid: () => '' };
const TIME = Date.UTC(2026, 0, 2);
const HOST = 'abc.execute-api.eu-west-1.amazonaws.com';

const authenticate = () => {
  throw new Error('nobody asks');
};

function parametersOf(rawHeaders: Array<[string, string]>, query = '') {
  return connectParameters({ apiId: 'abc', path: '/live', query, headers: {}, rawHeaders, sourceIp: '127.0.0.1', authenticate }, HOST, TIME, randomness);
}

test('the headers are those that reach AWS: without the hops, with those of the edge, ordered by name', () => {
  const { header } = parametersOf([
    ['Host', '127.0.0.1:4510'], ['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ['Sec-WebSocket-Version', '13'], ['x-mine', 'yes'], ['User-Agent', 'test/1'],
  ]);
  expect(Object.entries(header)).toEqual([
    ['Host', HOST],
    ['Sec-WebSocket-Version', '13'],
    ['User-Agent', 'test/1'],
    ['X-Amzn-Trace-Id', `Root=1-${(TIME / 1000).toString(16)}-${'ab'.repeat(12)}`],
    ['X-Forwarded-For', '127.0.0.1'],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
    ['x-mine', 'yes'],
  ]);
});

test('the edge appends the client to those that a proxy names, and takes nobody\'s word for the rest', () => {
  const { header } = parametersOf([['X-Forwarded-For', '10.0.0.1'], ['X-Forwarded-Proto', 'gopher'], ['X-Amzn-Trace-Id', 'mine']]);
  expect(header).toMatchObject({ 'X-Forwarded-For': '10.0.0.1, 127.0.0.1', 'X-Forwarded-Proto': 'https', 'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-/) });
});

test('of several values the last counts, and all are there for those who ask', () => {
  const { header, headerValues, querystring, querystringValues } = parametersOf([['A', '1'], ['a', '2'], ['A', '3']], 'q=1&Q=2&q=a%20b+c');
  expect(header).toMatchObject({ A: '3', a: '2' });
  expect(headerValues.get('a')).toEqual(['1', '2', '3']);
  expect(querystring).toEqual(Object.assign(Object.create(null), { q: 'a b c', Q: '2' }));
  expect(querystringValues.get('q')).toEqual(['1', 'a b c']);
});

test('a parameter called __proto__ is a parameter', () => {
  const { header, querystring } = parametersOf([['__proto__', 'header']], '__proto__=query');
  expect(Object.getOwnPropertyNames(header)).toContain('__proto__');
  expect(Object.getOwnPropertyNames(querystring)).toEqual(['__proto__']);
});

test('a query that is none is no reason to fail', () => {
  expect(Object.keys(parametersOf([], '%&%E0%A4%A=%ff&&=&a').querystring)).toContain('a');
});

test('a connection that ends has the headers that AWS makes up for it', () => {
  expect(Object.entries(disconnectParameters(HOST).header)).toEqual([['Host', HOST], ['x-api-key', ''], ['X-Forwarded-For', ''], ['x-restapi', '']]);
});
