const KINDS = ['trade', 'quote', 'chat', 'presence', 'alert'];
const ROOMS = 10_000;

/** Events as WebSocket routes put them, some 400 bytes each; the same in every run. */
export function events(count) {
  const random = sequence();
  const below = bound => Math.floor(random() * bound);
  return Array.from({ length: count }, (_, index) => JSON.stringify({
    'version': '0',
    'id': `6a7e8feb-b491-4cf7-a9f1-${String(index).padStart(12, '0')}`,
    'detail-type': KINDS[below(KINDS.length)],
    'source': 'app.ws',
    'account': '111122223333',
    'time': '2026-11-20T12:00:00Z',
    'region': 'us-east-1',
    'resources': [],
    'detail': {
      room: `room-${below(ROOMS)}`,
      user: `user-${below(5000)}`,
      symbol: `SYM${below(500)}`,
      price: Math.round(random() * 100_000) / 100,
      size: below(1000),
      tags: [`t${below(50)}`, `t${below(50)}`],
      text: 'lorem ipsum dolor sit amet consectetur',
      meta: { host: `h${below(20)}`, seq: index },
    },
  }));
}

/** Subscriptions: most to a room, others to a symbol within a range of prices, to users by prefix, or to what has a tag. */
export function mixedPatterns(count) {
  return Array.from({ length: count }, (_, index) => JSON.stringify({ source: ['app.ws'], ...subscription(index) }));
}

function subscription(index) {
  const room = [`room-${index}`];
  switch (index % 20) {
    case 12: case 13: case 14:
      return { 'detail-type': ['trade'], 'detail': { symbol: [`SYM${index % 500}`], price: [{ numeric: ['>', index % 900, '<=', (index % 900) + 100] }] } };
    case 15: case 16:
      return { 'detail-type': [KINDS[index % KINDS.length]], 'detail': { user: [{ prefix: `user-${index % 5000}` }] } };
    case 17: case 18:
      return { 'detail-type': [{ 'anything-but': ['presence'] }], 'detail': { room } };
    case 19:
      return { detail: { tags: [`t${index % 50}`], room, meta: { seq: [{ exists: true }] } } };
    default:
      return { detail: { room } };
  }
}

function sequence() {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}
