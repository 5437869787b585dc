import { invalidParameter } from '../errors';

const PAGE_SIZE = 100;

/** A hundred items, and a token for the next. */
export function pageOf<Item>(items: readonly Item[], token: unknown): { items: Item[]; NextToken?: string } {
  const start = token === undefined || token === '' ? 0 : Number(Buffer.from(String(token), 'base64').toString());
  if (!Number.isInteger(start) || start < 0) {
    throw invalidParameter('NextToken Reason: Invalid or expired token');
  }
  const end = start + PAGE_SIZE;
  return { items: items.slice(start, end), NextToken: end < items.length ? Buffer.from(String(end)).toString('base64') : undefined };
}
