/**
 * The digests by which DynamoDB spreads partitions. Their order is that of a scan, and what decides between items of one key in a secondary index;
 * it was found out by others, and holds for segments as well.
 */
import { createHash } from 'node:crypto';
import { KeySchema } from './key-schema';
import { AttributeValue, Attributes, KeyType } from '../values/attribute-value';
import { numberBytes } from '../values/number-bytes';

const SEED = 'Outliers';

/** The digest of the parts of a key. */
export function digestOf(parts: readonly Buffer[]): string {
  const hash = createHash('md5').update(SEED);
  parts.forEach(part => hash.update(part));
  return hash.digest('hex');
}

/** The digest of the key of an item. */
export function keyDigest({ hash, range }: KeySchema, item: Attributes): string {
  const parts = [hash, ...range ? [range] : []];
  return digestOf(parts.map(({ name, type }) => keyBytes(type, item[name])));
}

/** The bytes of a part of a key. */
export function keyBytes(type: KeyType, value: AttributeValue): Buffer {
  switch (type) {
    case 'S':
      return Buffer.from(value.S!);
    case 'N':
      return numberBytes(value.N!);
    case 'B':
      return Buffer.from(value.B!, 'base64');
  }
}
