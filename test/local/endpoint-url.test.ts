import { localUrl } from '../../local/endpoint-url';

const APIS = [{ apiId: 'abc123' }];
const ENDPOINT = 'http://127.0.0.1:4510';

test.each([
  ['wss://abc123.execute-api.us-east-1.amazonaws.com/live', 'ws://127.0.0.1:4510/abc123/live'],
  ['https://abc123.execute-api.eu-west-1.amazonaws.com/live', 'http://127.0.0.1:4510/abc123/live'],
  ['wss://abc123.execute-api.cn-north-1.amazonaws.com.cn/live', 'ws://127.0.0.1:4510/abc123/live'],
  ['Connect to wss://abc123.execute-api.us-east-1.amazonaws.com/a or wss://abc123.execute-api.us-east-1.amazonaws.com/b', 'Connect to ws://127.0.0.1:4510/abc123/a or ws://127.0.0.1:4510/abc123/b'],
])('%s', (text, local) => {
  expect(localUrl(text, APIS, ENDPOINT)).toBe(local);
});

test.each([
  'wss://other1.execute-api.us-east-1.amazonaws.com/live',
  'https://example.com/abc123',
  'orders',
])('%s stays as it is', text => {
  expect(localUrl(text, APIS, ENDPOINT)).toBe(text);
});
