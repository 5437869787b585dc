import { TABLE } from './prices.mjs';

// The system whose day is played. These are choices, not facts: change them to play yours.
export const SYSTEM = {
  clients: { value: 100_000, what: 'clients that are connected at the busiest hour' },
  sessionMinutes: { value: 45, what: 'minutes that a client stays; API Gateway ends a connection after 120' },
  subscriptionsPerSession: { value: 3, what: 'subscriptions that a client makes each time it connects: its own orders, its room, announcements' },
  keysPerSubscription: { value: 1, what: 'keys of the index for each subscription' },
  pingMinutes: { value: 8, what: 'minutes between pings, with which a client keeps its connection' },
  personalEventsPerClientHour: { value: 4, what: 'events for one client alone, for each connected client and hour' },
  roomClients: { value: 50, what: 'clients in a room' },
  roomEventsPerHour: { value: 12, what: 'events that a room has in an hour; everybody in it receives them' },
  unmatchedEventsPerSecond: { value: 20, what: 'events on the bus that nobody has subscribed to' },
  announcementsPerDay: { value: 6, what: 'events for everybody, each at the full hour' },
};

/** How many of the busiest hour's clients are connected at each hour of the day. */
export const DAY = [0.35, 0.28, 0.22, 0.20, 0.20, 0.24, 0.32, 0.45, 0.60, 0.72, 0.80, 0.86, 0.90, 0.88, 0.85, 0.84, 0.86, 0.90, 0.96, 1.00, 0.98, 0.85, 0.65, 0.48];
export const ANNOUNCEMENT_HOURS = [8, 10, 12, 15, 18, 20];

// What AWS does not say, and what is assumed: durations in the region, and sizes.
export const ASSUMED = {
  subscribeMilliseconds: { value: 150, what: 'an execution that subscribes: a pattern is tested, a transaction written' },
  deliveryMilliseconds: { value: 250, what: 'an execution that delivers: keys are read at once, patterns decided, a page posted at once' },
  nothingMilliseconds: { value: 90, what: 'an execution that finds nobody: the keys are read at once' },
  hopMilliseconds: { value: 60, what: 'from the start of a page to the start of the next: a read and StartExecution' },
  postMilliseconds: { value: 25, what: 'a post to a connection, of many at a time' },
  matchRowBytes: { value: 500, what: 'a match row with its pattern' },
  functionMegabytes: TABLE.comparison.functionMegabytes,
  functionMilliseconds: TABLE.comparison.functionMilliseconds,
  scanPageMilliseconds: { value: 60, what: 'a page of 1 MB of a Scan' },
  connectionRowBytes: { value: 300, what: "a connection's row with its filters, in the design with functions" },
  postsAtOnce: { value: 50, what: 'posts that a function keeps under way' },
};
