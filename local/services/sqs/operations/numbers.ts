import { invalidValue } from '../errors';

/** A whole number within bounds, or undefined when none is given. */
export function wholeNumber(value: unknown, parameter: string, minimum: number, maximum: number, reason: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum || value > maximum) {
    throw invalidValue(typeof value === 'object' ? JSON.stringify(value) : value, parameter, reason);
  }
  return value;
}
