/**
 * The rows behind an EventSocket, all in one table.
 *
 * | row | pk | sk | read by |
 * |---|---|---|---|
 * | connection | `connection#<id>` | `connection` | a subscription is only written while this row exists |
 * | subscription | `connection#<id>` | `subscription#<subscription id>` | unsubscribe, list |
 * | match | `match#<field>=<value>` or `match#*` | `<connection id>#<subscription id>` | delivery: an event reads only the keys it carries |
 *
 * Match rows stand in the table itself and not in an index, because an index is read eventually: an acknowledged subscription must be live at once.
 */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** DynamoDB deletes a row after this time, in epoch seconds. */
export const EXPIRES_AT = 'expiresAt';

/** A WebSocket lives two hours at most; the rest is for clocks that differ. */
export const CONNECTION_LIFETIME_SECONDS = 2 * 60 * 60 + 5 * 60;

/** A pattern that names at most this many sources is found by them; any other is tried against every event. */
export const MATCH_KEYS_LIMIT = 20;

/** Longest pattern that an EventBridge rule may have. */
export const PATTERN_LIMIT = 2048;

/**
 * Match rows read at once. A state holds 262,144 bytes, and a character of a pattern or of a source takes up to four: a row of at most 9.5 KB.
 * Were a page to overflow, one client's patterns would keep the events of all who share its page.
 */
export const MATCH_PAGE_SIZE = 25;

/** Subscriptions listed at once: with the longest patterns they fit the 128 KB of a frame. */
export const LIST_PAGE_SIZE = 15;
