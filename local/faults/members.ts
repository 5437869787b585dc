/** Members of a file of faults, checked one by one. */
import { FaultFileError } from './fault-file-error';

/** The members of an object; of any name, hence never asked for by one that it may have inherited. */
export type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses a member that is not known. */
export function refuseUnknown(given: Members, known: readonly string[], where: string): void {
  const unknown = Object.keys(given).find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new FaultFileError(`${where} has no member "${unknown}": there are ${known.join(', ')}.`);
  }
}

/** A number between 0 and 1. */
export function share(value: unknown, where: string): number {
  if (value === undefined) {
    return 1;
  }
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
    throw new FaultFileError(`${where} is ${JSON.stringify(value)}, and has to be a number from 0 to 1: 0.05 is one of twenty.`);
  }
  return value;
}

export function integer(value: unknown, where: string, otherwise: number, most: number, least: number = 0): number {
  if (value === undefined) {
    return otherwise;
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw new FaultFileError(`${where} is ${JSON.stringify(value)}, and has to be an integer from ${least} to ${most}.`);
  }
  return value;
}

export function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') {
    throw new FaultFileError(`${where} is ${JSON.stringify(value)}, and has to be a text.`);
  }
  return value;
}

/** One of a few texts. */
export function oneOf<Text extends string>(value: unknown, where: string, known: readonly Text[]): Text {
  if (!known.includes(value as Text)) {
    throw new FaultFileError(`${where} is ${JSON.stringify(value)}, and has to be one of ${known.join(', ')}.`);
  }
  return value as Text;
}
