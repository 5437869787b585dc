import { summaryOf } from '../../../../local/inspector/page/records';

const call = (operation: string, input: unknown) => summaryOf({ kind: 'call', time: 0, startedAt: 0, principal: 'arn:aws:iam::000000000000:root', service: 'events', operation, outcome: 'ok', input } as any);

test('a call that puts events says which, and any other by whom it is made', () => {
  expect(call('PutEvents', { Entries: [{ Source: 'shop', DetailType: 'Order "x"' }] }).detail).toBe('shop "Order \\"x\\"", root');
  expect(call('PutEvents', { Entries: [{ Source: 'shop', DetailType: 'a' }, { Source: 'b' }, {}] }).detail).toBe('shop "a" and 2 more, root');
  expect(call('ListRules', {}).detail).toBe('root');
});

test.each([undefined, null, 'text', { Entries: 'x' }, { Entries: [] }, { Entries: [null] }])('input %j is told, whatever it is', input => {
  expect(call('PutEvents', input).detail).toMatch(/root$/);
});
