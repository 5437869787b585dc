import { findDestination } from '../../../local/wire/destination';

const serves = (apiId: string) => apiId === 'abc1234567';

test.each([
  [{ path: '/', target: 'DynamoDB_20120810.PutItem', host: 'localhost:4510' }, { kind: 'service', targetPrefix: 'DynamoDB_20120810' }],
  [{ path: '/abc1234567/live', target: 'AWSEvents.PutEvents', host: undefined }, { kind: 'service', targetPrefix: 'AWSEvents' }],
  [{ path: '/', target: 'nonsense', host: undefined }, { kind: 'service', targetPrefix: 'nonsens' }],
  [{ path: '/live', target: undefined, host: 'other12345.execute-api.eu-west-1.amazonaws.com' }, { kind: 'api', apiId: 'other12345', path: '/live' }],
  [{ path: '/live', target: undefined, host: 'ABC1234567.Execute-Api.localhost:4510' }, { kind: 'api', apiId: 'abc1234567', path: '/live' }],
  [{ path: '/abc1234567/live/@connections/x', target: undefined, host: '127.0.0.1:4510' }, { kind: 'api', apiId: 'abc1234567', path: '/live/@connections/x' }],
  [{ path: '/abc1234567', target: undefined, host: '127.0.0.1' }, { kind: 'api', apiId: 'abc1234567', path: '/' }],
  [{ path: '/abc1234567/', target: undefined, host: '127.0.0.1' }, { kind: 'api', apiId: 'abc1234567', path: '/' }],
  [{ path: '/other12345/live', target: undefined, host: '127.0.0.1' }, { kind: 'unknown' }],
  [{ path: '/', target: undefined, host: '127.0.0.1' }, { kind: 'unknown' }],
  [{ path: '//abc1234567/live', target: undefined, host: '127.0.0.1' }, { kind: 'unknown' }],
  [{ path: '/../abc1234567/live', target: undefined, host: undefined }, { kind: 'unknown' }],
  [{ path: '*', target: undefined, host: '127.0.0.1' }, { kind: 'unknown' }],
])('%j goes to %j', (request, destination) => {
  expect(findDestination(request, serves)).toEqual(destination);
});
