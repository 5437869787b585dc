import { AwsError } from '../../../local/kernel/aws-error';
import { awsQuery } from '../../../local/wire/aws-query';

const protocol = awsQuery({ version: '2011-06-15', namespace: 'https://example.com/' });
const request = (body: string, query: string = '') => ({ method: 'POST', path: '/', query, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body });

test.each([
  ['a form', 'Action=Get&Version=2011-06-15&Name=a+b%26c', '', { Name: 'a b&c' }],
  ['a query string', '', 'Action=Get&Name=x', { Name: 'x' }],
])('reads %s', (_, body, query, input) => {
  expect(protocol.decode(request(body, query))).toEqual({ operation: 'Get', input });
});

test.each([
  ['no action', 'Name=x', 'AccessDeniedException'],
  ['another version', 'Action=Get&Version=1999-01-01', 'InvalidAction'],
])('refuses %s', (_, body, code) => {
  expect(() => protocol.decode(request(body))).toThrow(expect.objectContaining({ code }));
});

test('names of fields mean nothing to JavaScript', () => {
  const { input } = protocol.decode(request('Action=Get&__proto__=x&constructor=y'));
  expect(Object.keys(input as object)).toEqual(['__proto__', 'constructor']);
});

test('writes members, lists and what XML cannot hold', () => {
  const { status, body } = protocol.encode('Get', { Text: '<a href="x">&\'\u0000', Number: 1, Missing: undefined, List: [{ A: 1 }, 'b'], Empty: [] }, 'id');
  expect(status).toBe(200);
  expect(body).toBe('<GetResponse xmlns="https://example.com/"><GetResult><Text>&lt;a href=&quot;x&quot;&gt;&amp;&apos;\ufffd</Text><Number>1</Number>'
    + '<List><member><A>1</A></member><member>b</member></List><Empty></Empty></GetResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></GetResponse>');
});

test.each([
  [new AwsError('Nope', 'a < b'), 400, '<Error><Type>Sender</Type><Code>Nope</Code><Message>a &lt; b</Message></Error><RequestId>id</RequestId>'],
  [new TypeError('secret'), 500, '<Type>Receiver</Type><Code>InternalFailure</Code>'],
])('writes %s', (error, status, part) => {
  const answer = protocol.encodeError(error, 'id');
  expect(answer.status).toBe(status);
  expect(answer.body).toContain(part);
  expect(answer.body).not.toContain('secret');
});
