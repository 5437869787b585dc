/**
 * Where PutEvents finds an event that another bus hands over, which stays the event that it is. As a symbol it is nothing that comes over the wire.
 */
export const FORWARDED: unique symbol = Symbol('event that another bus hands over');
