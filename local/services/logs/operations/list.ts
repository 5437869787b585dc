import { Input, invalid, optionalInteger, optionalText } from './input';

const LARGEST_LIST = 50;

/** One page of a list in the order of its names; the token of the next page is the last name of this one. */
export function pageOf<Item extends { readonly name: string }>(member: string, items: readonly Item[], input: Input, describe: (item: Item) => object) {
  const limit = optionalInteger(input, 'limit', 1, LARGEST_LIST) ?? LARGEST_LIST;
  const token = optionalText(input, 'nextToken');
  let start = 0;
  if (token !== undefined) {
    start = items.findIndex(({ name }) => name === Buffer.from(token, 'base64url').toString()) + 1;
    if (start === 0) {
      throw invalid('The specified nextToken is invalid.');
    }
  }
  const page = items.slice(start, start + limit);
  const isLast = start + limit >= items.length;
  return { [member]: page.map(describe), ...(isLast ? {} : { nextToken: Buffer.from(page.at(-1)!.name).toString('base64url') }) };
}
