import { invalid, violation } from '../errors';

/** Which part of a list is asked for. */
export interface Page {
  readonly Limit?: number;
  readonly NextToken?: string;
}

const MAXIMUM_LIMIT = 100;

/** A part of a list, and a token for the next. */
export function pageOf<Item>(items: readonly Item[], { Limit: given, NextToken: token }: Page): { items: Item[]; NextToken?: string } {
  const limit = given ?? MAXIMUM_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_LIMIT) {
    throw violation(given, 'limit', `have value ${Number(limit) > MAXIMUM_LIMIT ? `less than or equal to ${MAXIMUM_LIMIT}` : 'greater than or equal to 1'}`);
  }
  const start = token === undefined ? 0 : Number(Buffer.from(String(token), 'base64').toString());
  if (!Number.isInteger(start) || start < 0) {
    throw invalid('Parameter NextToken is not valid.');
  }
  const end = start + limit;
  return { items: items.slice(start, end), NextToken: end < items.length ? Buffer.from(String(end)).toString('base64') : undefined };
}
