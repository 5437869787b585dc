/**
 * The rows behind an EventSocket, all in one table.
 *
 * | row | pk | sk | read by |
 * |---|---|---|---|
 * | connection | `connection#<id>` | `connection` | a subscription is only written while this row exists; it counts them |
 * | subscription | `connection#<id>` | `subscription#<subscription id>` | subscribe, unsubscribe, list |
 * | match | `match#<key>`, see MatchKeys | `<bucket>#<connection id>#<subscription id>` | delivery: an event reads only the keys it carries |
 * | rule | `rules` | the pattern's digest, and `count` | subscribe, and the sweep: which patterns have a rule, with the engine of rules |
 *
 * Match rows stand in the table itself and not in an index, because an index is read eventually: an acknowledged subscription must be live at once.
 */
export { CONNECTION_LIFETIME_SECONDS, EXPIRES_AT, PARTITION_KEY, SORT_KEY } from '../connections/connection-row';

/** The rules that the engine of rules has made. */
export const RULES_PARTITION = 'rules';

/** What the partition keys of match rows begin with. */
export const MATCH_KEY_PREFIX = 'match#';

/**
 * Match rows of one key are spread over these many buckets, by chance that is the same for a subscription: the first two digits of a digest. Ranges of buckets can be
 * read side by side.
 */
export const BUCKETS = 256;

/** Subscriptions listed at once: with the longest patterns they fit the 128 KB of a frame. */
export const LIST_PAGE_SIZE = 15;

/** A state holds 262,144 bytes; some are for the names around the rows. */
const PAGE_BYTES = 240_000;

/** Iterations of a Map state that run at once. */
const MAP_CONCURRENCY = 40;

/** A row without its pattern: ids, an expiry, and 32 bytes for each key that it comes after. */
const ROW_BYTES = 700;
const DIGEST_BYTES = 40;

/** The bytes that a pattern takes, together with what it was compiled to: a character is at most four. */
export function patternBytes(patternCharacters: number): number {
  return 4 * patternCharacters;
}

/** Match rows served at once; one more is read. Were a page to overflow, one client's patterns would keep the events of all who share its page. */
export function pageSize(patternCharacters: number, keys: number): number {
  return Math.min(MAP_CONCURRENCY, Math.floor(PAGE_BYTES / (patternBytes(patternCharacters) + DIGEST_BYTES * keys + ROW_BYTES)));
}
