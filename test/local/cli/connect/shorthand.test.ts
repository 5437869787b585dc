import { readTyped } from '../../../../local/cli/connect/shorthand';

test.each([
  ['{"action":"ping"}', '{"action":"ping"}'],
  ['  [1, 2] ', '[1, 2]'],
  ['/ping', '{"action":"ping"}'],
  ['/list', '{"action":"subscriptions"}'],
  ['/list token', '{"action":"subscriptions","startAfter":"token"}'],
  ['/raw  no JSON', 'no JSON'],
  ['/unsubscribe orders', '{"action":"unsubscribe","subscriptionId":"orders"}'],
  ['/subscribe {"source":["shop"]}', '{"action":"subscribe","pattern":{"source":["shop"]}}'],
  ['/sub {"detail":{"a":[{"exists":true}]}} orders', '{"action":"subscribe","pattern":{"detail":{"a":[{"exists":true}]}},"subscriptionId":"orders"}'],
  ['/sub source=shop,billing', '{"action":"subscribe","pattern":{"source":["shop","billing"]}}'],
  ['/sub source=shop detail.total=7 detail.paid=true detail.note=null orders', '{"action":"subscribe","pattern":{"source":["shop"],"detail":{"total":[7],"paid":[true],"note":[null]}},"subscriptionId":"orders"}'],
  ['/sub __proto__.x=1', '{"action":"subscribe","pattern":{"__proto__":{"x":[1]}}}'],
])('%s sends', (line, text) => {
  expect(readTyped(line)).toEqual({ kind: 'send', text });
});

test.each([
  ['hello', /^This is no JSON, and was not sent: .+ \/raw sends any text, \/help tells the rest\.$/],
  ['{"action":', /^This is no JSON/],
  ['/subscribe', /^\/subscribe needs a pattern, such as source=shop\.$/],
  ['/sub orders', /^The pattern is no JSON object/],
  ['/sub a=1 two ids', /^The pattern is no JSON object/],
  ['/sub {"source":', /^The pattern is no JSON object/],
  ['/unsub', /^\/unsubscribe needs the id/],
  ['/jump', /^There is no \/jump; \/help tells what there is\.$/],
])('%s is a mistake, and sends nothing', (line, why) => {
  expect(readTyped(line)).toEqual({ kind: 'mistake', why: expect.stringMatching(why) });
});

test.each([['', 'nothing'], ['   ', 'nothing'], ['/help', 'help'], ['/quit', 'quit'], ['/exit', 'quit']])('"%s" is %s', (line, kind) => {
  expect(readTyped(line)).toEqual({ kind });
});
