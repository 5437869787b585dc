/** What every Java object can do: print, compare, hash. */

import { classOf } from './java-class';
import { VtlRuntimeError } from '../runtime/vtl-runtime-error';
import { countWork } from '../runtime/work';

/** No text that a template makes needs to be longer than API Gateway's largest payload. */
export const MAX_TEXT_LENGTH = 10 * 1024 * 1024;

const COMPARISON_WORK = 16;
const MAX_DEPTH = 500;
const MAX_VISITS = 1_000_000;
const NESTED_WORK = 64;
let depth = 0;
let visits = 0;

/** The text of a value in a string or a collection; null prints as its name. */
export function toText(value: unknown): string {
  return textOrNull(value) ?? 'null';
}

/** The text of a value; null when it has none, as nothing or a block that calls itself has. */
export function textOrNull(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  return classOf(value).text(value as never);
}

/** Java's `equals`. */
export function equal(left: unknown, right: unknown): boolean {
  countWork(COMPARISON_WORK);
  if (left === right) return true;
  if (left === null || left === undefined || right === null || right === undefined) return (left ?? null) === (right ?? null);
  if (typeof left === 'string') return false;
  return classOf(left).equals(left as never, right);
}

/** Java's `hashCode`; zero for null. */
export function hashCode(value: unknown): number {
  countWork(COMPARISON_WORK);
  return value === null || value === undefined ? 0 : classOf(value).hash(value as never);
}

/** A number's lower 32 bits, as Java's int arithmetic keeps them. */
export function toInt32(value: number): number {
  return value | 0;
}

/** The hash of a text. */
export function textHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = toInt32(Math.imul(31, hash) + text.charCodeAt(index));
  return hash;
}

/** Refuses texts that have grown without measure. */
export function limitText(text: string): string {
  countWork(text.length);
  if (text.length > MAX_TEXT_LENGTH) throw new VtlRuntimeError(`A text can not be longer than ${MAX_TEXT_LENGTH} characters`);
  return text;
}

/** Runs something that goes through a collection and may come to others inside it: collections may contain themselves, or one another twice. */
export function nested<T>(work: () => T): T {
  if (depth >= MAX_DEPTH) throw new VtlRuntimeError(`A value is nested more than ${MAX_DEPTH} levels deep`);
  visits = depth === 0 ? 1 : visits + 1;
  if (visits > MAX_VISITS) throw new VtlRuntimeError(`A value has more than ${MAX_VISITS} collections in it`);
  countWork(NESTED_WORK);
  depth++;
  try {
    return work();
  } finally {
    depth--;
  }
}
