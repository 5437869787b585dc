/**
 * How much one rendering may do. A template that a stranger feeds must not keep everybody else waiting, whatever it does much of: statements, or
 * characters and elements that methods go through and make. Renderings do not interrupt one another, so that one count is enough.
 */

import { VtlRuntimeError } from './vtl-runtime-error';

const MAX_WORK = 256 * 1024 * 1024;
let done = 0;

/** Begins to count for a rendering. */
export function beginWork(): void {
  done = 0;
}

/** Counts work, about a nanosecond each. */
export function countWork(amount: number): void {
  done += amount;
  if (done > MAX_WORK) throw new VtlRuntimeError('The template does too much');
}

/** Counts going through a value. */
export function countValue(value: unknown): void {
  if (typeof value === 'string' || Array.isArray(value)) countWork(value.length);
}
