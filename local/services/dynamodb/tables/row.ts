import { Attributes } from '../values/attribute-value';

/** A stored item. */
export interface Row {
  /** The text of its primary key. */
  readonly key: string;
  /** Replaced as a whole, never changed. */
  item: Attributes;
  /** In bytes, as DynamoDB counts. */
  size: number;
  /** How much of a page it takes; once that has been asked. */
  storedSize?: number;
}
