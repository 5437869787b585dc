/** The functions of plain JSONata expressions, for the arguments that need nothing of what JSONata makes of others. */
import { TOO_COMPLEX } from './too-complex';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** By name; the number of their parameters is that of the arguments they are simple with. */
export const FUNCTIONS: ReadonlyMap<unknown, (first: unknown, second: unknown) => unknown> = new Map<unknown, (first: unknown, second: unknown) => unknown>([
  ['exists', value => value === TOO_COMPLEX ? TOO_COMPLEX : value !== undefined],
  ['lookup', (items, name) => isWithout(items, name) ? undefined : TOO_COMPLEX],
  ['toMillis', text => {
    const milliseconds = typeof text === 'string' && ISO_TIME.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(milliseconds) ? TOO_COMPLEX : milliseconds;
  }],
  ['floor', number => typeof number === 'number' ? Math.floor(number) : TOO_COMPLEX],
  // JSONata writes fifteen digits.
  ['string', number => Number.isInteger(number) && Math.abs(number as number) < 1e15 ? String(number) : TOO_COMPLEX],
]);

/** Whether these are objects none of which has a member of the name. */
function isWithout(items: unknown, name: unknown): boolean {
  return Array.isArray(items) && typeof name === 'string' && items.every(item => typeof item === 'object' && item !== null && !Array.isArray(item) && !(name in item));
}
