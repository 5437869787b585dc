import { messageText } from '../../../../local/cli/connect/message-text';

const plain = (_style: string, text: string) => text;
const EVENT = { 'version': '0', 'id': 'e1', 'detail-type': 'Sold', 'source': 'shop', 'time': '2026-01-02T03:04:05Z', 'detail': { total: 7 } };

test.each([
  [EVENT, 'Sold from shop  {"total":7}  2026-01-02T03:04:05Z e1'],
  [{ type: 'event', subscriptionId: 'orders', event: EVENT }, 'Sold from shop for orders  {"total":7}  2026-01-02T03:04:05Z e1'],
  [{ type: 'subscribed', subscriptionId: 'orders', requestId: 'r' }, 'subscribed orders'],
  [{ type: 'pong', requestId: 'r' }, 'pong'],
  [{ type: 'subscriptions', subscriptions: [{ subscriptionId: 'a', pattern: { source: ['x'] } }], next: 'n' }, '1 subscriptions, more after n\n  a  {"source":["x"]}'],
  [{ type: 'error', error: { code: 'Busy', message: 'Try again.', retryable: true } }, 'Busy: Try again. (may succeed later)'],
  [{ message: 'Forbidden', connectionId: 'c', requestId: 'r' }, 'Forbidden'],
  [{ type: 'chat', message: 'hi' }, '{"type":"chat","message":"hi"}'],
  [null, 'null'],
  [[1], '[1]'],
])('%j', (message, text) => {
  expect(messageText(JSON.stringify(message), plain)).toBe(text);
});

test('what is no JSON is shown as it is', () => {
  expect(messageText('hello', plain)).toBe('hello');
});
