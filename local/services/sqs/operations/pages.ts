import { wholeNumber } from './numbers';
import { invalidParameter, invalidValue } from '../errors';

/** Which part of a list is asked for. */
export interface Page {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const MAXIMUM_RESULTS = 1000;

/** A part of a sorted list, and where the next begins. */
export function pageOf(items: readonly string[], { MaxResults: given, NextToken: token }: Page): { items: string[]; nextToken?: string } {
  const count = wholeNumber(given, 'MaxResults', 1, MAXIMUM_RESULTS, `MaxResults must be an integer between 1 and ${MAXIMUM_RESULTS}.`);
  if (count === undefined) {
    if (token !== undefined) {
      throw invalidValue(token, 'NextToken', 'MaxResults must be set to use NextToken.');
    }
    return { items: items.slice(0, MAXIMUM_RESULTS) };
  }
  const after = token === undefined ? undefined : decode(token);
  const remaining = after === undefined ? items : items.filter(item => item > after);
  const page = remaining.slice(0, count);
  return { items: page, nextToken: remaining.length > count ? Buffer.from(page[count - 1]).toString('base64') : undefined };
}

function decode(token: unknown): string {
  if (typeof token !== 'string' || token === '') {
    throw invalidParameter('Invalid or expired next token.');
  }
  return Buffer.from(token, 'base64').toString();
}
