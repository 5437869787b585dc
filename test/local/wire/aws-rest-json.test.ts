import { AwsError } from '../../../local/kernel/aws-error';
import { HttpRequest } from '../../../local/kernel/contracts';
import { awsRestJson } from '../../../local/wire/aws-rest-json';

const protocol = awsRestJson([['GET', '/things', 'ListThings'], ['GET', '/things/{Name}', 'GetThing'], ['POST', '/things/{Name}/start', 'StartThing']]);
const request = (more: Partial<HttpRequest>): HttpRequest => ({ method: 'GET', path: '/', query: '', headers: {}, body: '', ...more });

test.each([
  ['the path', { path: '/things/one' }, 'GetThing', { Name: 'one' }],
  ['a path that is encoded', { path: '/things/a%2Fb%20c' }, 'GetThing', { Name: 'a/b c' }],
  ['a path that cannot be decoded', { path: '/things/%zz' }, 'GetThing', { Name: '%zz' }],
  ['the query', { path: '/things', query: 'Prefix=a%26b&Limit=2' }, 'ListThings', { Prefix: 'a&b', Limit: '2' }],
  ['the body', { method: 'POST', path: '/things/one/start', body: '{"Name":"other","Deep":{"a":[1]}}' }, 'StartThing', { Name: 'one', Deep: { a: [1] } }],
])('reads an input from %s', (_, more, operation, input) => {
  expect(protocol.accepts(request(more))).toBe(true);
  expect(protocol.decode(request(more))).toEqual({ operation, input });
});

test.each([
  ['another method', { method: 'DELETE', path: '/things/one' }],
  ['another path', { path: '/things/one/two' }],
  ['a path that goes up', { path: '/things/../secrets' }],
])('takes no request with %s', (_, more) => {
  expect(protocol.accepts(request(more))).toBe(false);
  expect(() => protocol.decode(request(more))).toThrow(expect.objectContaining({ code: 'UnknownOperationException', status: 404 }));
});

test.each(['{', '[1]', 'null', '"text"'])('refuses the body %s', body => {
  expect(() => protocol.decode(request({ method: 'POST', path: '/things/one/start', body }))).toThrow(expect.objectContaining({ code: 'SerializationException' }));
});

test('the prototype of an input is not for a client to choose', () => {
  const { input } = protocol.decode(request({ method: 'POST', path: '/things/one/start', query: '__proto__=x', body: '{"__proto__":{"admin":true}}' })) as { input: Record<string, unknown> };
  expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
  expect(input.admin).toBeUndefined();
});

test('tells an error by its header, with the status of its kind', () => {
  expect(protocol.encodeError(new AwsError('NotFoundException', 'Gone.', 404, { detail: 1 }), 'id')).toEqual({
    status: 404, headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'id', 'x-amzn-errortype': 'NotFoundException' }, body: '{"message":"Gone.","detail":1}',
  });
  expect(protocol.encodeError(new AwsError('AccessDeniedException', 'No.'), 'id')).toMatchObject({ status: 403 });
  expect(protocol.encodeError(new TypeError('secret'), 'id')).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
});
