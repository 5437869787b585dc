/**
 * Values that may be there already. Most states need no waiting, and a promise for each of them would cost more than the state
 * itself.
 */

/** A value, or the promise of one. */
export type MaybePromise<T> = T | Promise<T>;

/** Whether the value must be awaited. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return value instanceof Promise;
}

/** Continues with the value, at once when it is there. */
export function chain<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
