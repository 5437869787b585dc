/** A place in a collection. */
export interface Cursor {
  hasNext(): boolean;
  next(): unknown;
}
