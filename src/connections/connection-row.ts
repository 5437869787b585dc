/** The primary key of every row beside a connection. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** DynamoDB deletes a row after this time, in epoch seconds. */
export const EXPIRES_AT = 'expiresAt';

/** A WebSocket lives two hours at most; the rest is for clocks that differ. */
export const CONNECTION_LIFETIME_SECONDS = 2 * 60 * 60 + 5 * 60;

/** What the partition key of a connection begins with; the rest is its id. */
export const CONNECTION_KEY_PREFIX = 'connection#';

/** The sort key of the row that stands for the connection itself. */
export const CONNECTION_SORT_KEY = 'connection';

/** The index that has all connections, and none of the other rows: its partition key is an attribute of theirs alone. */
export const LISTING_INDEX = 'listing';
export const LISTING_KEY = 'listing';
export const LISTING_VALUE = 'connection';

/** The id of the connection, and when the client connected, in milliseconds since 1970. */
export const CONNECTION_ID = 'connectionId';
export const CONNECTED_AT = 'connectedAt';

/** Marks a row that is deleted because the connection was found gone. */
export const VANISHED = 'vanished';

/** What rows have already. */
export const RESERVED_ATTRIBUTES = [PARTITION_KEY, SORT_KEY, EXPIRES_AT, LISTING_KEY, CONNECTION_ID, CONNECTED_AT, VANISHED, 'subscriptions'];

/** Bytes that an attribute may have to be listed, and characters that presence events hold of it: what a client sends shall make no page too long. */
export const ATTRIBUTE_LENGTH = 256;

/**
 * How long a handshake may take, 29 seconds, and a little more: until then `@connections` answers 410 for a connection whose row is there already. It is
 * not gone, but still to come.
 */
export const HANDSHAKE_MILLISECONDS = 30_000;

/** The key of a connection's row, as a state's argument; the id is JSONata. */
export function connectionKey(connectionId: string): object {
  return { [PARTITION_KEY]: { S: `{% '${CONNECTION_KEY_PREFIX}' & ${connectionId} %}` }, [SORT_KEY]: { S: CONNECTION_SORT_KEY } };
}
