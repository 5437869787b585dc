/**
 * A table: its rows, and the indexes that find them. Every method runs to its end before anything else does, so that writes are never lost and
 * whoever calls several in a row sees and leaves one state of all tables.
 */
import { ExpiryQueue } from './expiry-queue';
import { KeyIndex } from './key-index';
import { checkItemKey, KeySchema, keyAttributes, keyText } from './key-schema';
import { Row } from './row';
import { SecondaryIndex } from './secondary-index';
import { IndexDefinition, keySchemaOf, TableDefinition, Tag } from './table-definition';
import { Environment } from '../../../kernel/contracts';
import { EmptyKeyError, validationError } from '../errors';
import { Stream } from '../streams/stream';
import { attributeOf, Attributes, typeOf } from '../values/attribute-value';
import { itemSize } from '../values/item-size';

export interface TableOptions {
  readonly definition: TableDefinition;
  readonly environment: Environment;
  readonly id: string;
  /** In milliseconds. */
  readonly createdAt: number;
  /** Items that are there from the beginning. */
  readonly items?: Iterable<Attributes>;
  readonly listener?: ItemListener;
}

/** Told of every item that has changed: of what it was, and of what it is. */
export interface ItemListener {
  itemChanged(table: Table, key: string, before: Attributes | undefined, after: Attributes | undefined): void;
}

/** Where tables get their streams from. */
export interface StreamSource {
  open(table: Table, label: string): Stream;
  close(stream: Stream): void;
}

/** Where a value for the key of an index comes from, which DynamoDB's errors tell. */
export type ValueOrigin = 'item' | 'update';

export class Table {
  readonly name: string;
  readonly environment: Environment;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: number;
  readonly schema: KeySchema;
  readonly primary: KeyIndex;
  readonly indexes = new Map<string, SecondaryIndex>();
  readonly tags = new Map<string, string>();
  definition: TableDefinition;
  /** The sum of the items' sizes. */
  size = 0;
  expiry?: ExpiryQueue;
  /** What a template said when it last made or changed the table. */
  declaration?: string;
  /** By the text of their key. */
  private readonly rows = new Map<string, Row>();
  private readonly listener?: ItemListener;
  private streams?: StreamSource;
  private stream?: Stream;
  private label?: string;

  constructor(options: TableOptions) {
    const { definition, environment } = options;
    this.definition = definition;
    this.name = definition.TableName;
    this.environment = environment;
    this.arn = tableArn(environment, this.name);
    this.id = options.id;
    this.createdAt = options.createdAt;
    this.listener = options.listener;
    this.schema = keySchemaOf(definition.KeySchema, definition.AttributeDefinitions);
    this.primary = new KeyIndex(this.schema);
    definition.LocalSecondaryIndexes?.forEach(index => this.openIndex(index, 'local'));
    definition.GlobalSecondaryIndexes?.forEach(index => this.openIndex(index, 'global'));
    this.tag(definition.Tags ?? []);
    for (const item of options.items ?? []) {
      this.restore(keyText(this.schema, item), item);
    }
  }

  /** When the stream was enabled, which is what its ARN ends with; without one there is no stream. */
  get streamLabel(): string | undefined {
    return this.label;
  }

  set streamLabel(label: string | undefined) {
    if (label !== this.label && this.stream) {
      this.streams!.close(this.stream);
    }
    if (label !== this.label) {
      this.stream = label === undefined ? undefined : this.streams?.open(this, label);
    }
    this.label = label;
  }

  get itemCount(): number {
    return this.rows.size;
  }

  get items(): Iterable<Row> {
    return this.rows.values();
  }

  /** The row with a key; the key has been checked. */
  find(key: Attributes): Row | undefined {
    return this.rows.get(keyText(this.schema, key));
  }

  /** Stores an item in place of the one with its key; it has been checked. */
  put(item: Attributes, size: number): void {
    const key = keyText(this.schema, item);
    const before = this.store(key, item, size);
    this.listener?.itemChanged(this, key, before, item);
  }

  /** Deletes a row, because somebody wants it or because it has expired. */
  delete(row: Row, expired = false): void {
    this.remove(row, expired);
    this.listener?.itemChanged(this, row.key, row.item, undefined);
  }

  /** Makes an item what it was once; the listener, who asks for it, is not told. */
  restore(key: string, item: Attributes | undefined): void {
    const row = this.rows.get(key);
    if (item) {
      this.store(key, item, itemSize(item));
    } else if (row) {
      this.remove(row);
    }
  }

  /** Takes its stream from a source from now on, or gives it back. */
  streamFrom(streams: StreamSource | undefined): void {
    const label = this.streamLabel;
    this.streamLabel = undefined;
    this.streams = streams;
    this.streamLabel = label;
  }

  /** Everything but the items, as it is now: the function returned makes it so again. */
  checkpoint(): () => void {
    const { definition, streamLabel, expiry, declaration } = this;
    const [indexes, tags] = [[...this.indexes], [...this.tags]];
    return () => {
      Object.assign(this, { definition, streamLabel, expiry, declaration });
      this.indexes.clear();
      indexes.forEach(([name, index]) => this.indexes.set(name, index));
      this.tags.clear();
      tags.forEach(([key, value]) => this.tags.set(key, value));
    };
  }

  /** Refuses an item that cannot be stored here, for its key or for the key of an index. */
  checkItem(item: Attributes): void {
    checkItemKey(this.schema, item);
    this.checkIndexKeys(item, 'item');
  }

  /** Refuses an item that has an attribute of the wrong type, or an empty one, where an index has its key. */
  checkIndexKeys(item: Attributes, origin: ValueOrigin): void {
    for (const index of this.indexes.values()) {
      for (const { name, type } of keyAttributes(index.schema)) {
        const value = attributeOf(item, name);
        if (value && value[type] === undefined) {
          throw validationError(origin === 'update'
            ? 'The update expression attempted to update the secondary index key to unsupported type'
            : `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`);
        }
        if (value && value[type] === '') {
          throw emptyIndexKey(origin, type === 'S' ? 'string' : 'binary', index.name, name);
        }
      }
    }
  }

  /** Makes an index over all rows. */
  openIndex(definition: IndexDefinition, kind: 'global' | 'local'): void {
    const schema = keySchemaOf(definition.KeySchema, this.definition.AttributeDefinitions);
    const index = new SecondaryIndex(definition, kind, schema, this.schema);
    for (const row of this.rows.values()) {
      index.rows.move(row, undefined, row.item);
    }
    this.indexes.set(index.name, index);
  }

  closeIndex(name: string): void {
    this.indexes.delete(name);
  }

  tag(tags: readonly Tag[]): void {
    tags.forEach(({ Key: key, Value: value }) => this.tags.set(key, value));
  }

  /** Starts to expire items by an attribute. */
  expireBy(attribute: string): ExpiryQueue {
    this.expiry = new ExpiryQueue(attribute);
    for (const row of this.rows.values()) {
      this.expiry.move(row, undefined, row.item);
    }
    return this.expiry;
  }

  /** Returns the item that was there before. */
  private store(key: string, item: Attributes, size: number): Attributes | undefined {
    const row = this.rows.get(key) ?? { key, item, size: 0, storedSize: undefined };
    const { size: sizeBefore } = row;
    const before = sizeBefore > 0 ? row.item : undefined;
    this.size += size - sizeBefore;
    row.item = item;
    row.size = size;
    row.storedSize = undefined;
    this.rows.set(key, row);
    this.moveInIndexes(row, before, item);
    this.stream?.write(before && { item: before, size: sizeBefore }, { item, size }, false);
    return before;
  }

  private remove(row: Row, expired = false): void {
    this.rows.delete(row.key);
    this.size -= row.size;
    this.moveInIndexes(row, row.item, undefined);
    this.stream?.write(row, undefined, expired);
  }

  private moveInIndexes(row: Row, before: Attributes | undefined, after: Attributes | undefined): void {
    this.primary.move(row, before, after);
    for (const index of this.indexes.values()) {
      index.rows.move(row, before, after);
    }
    this.expiry?.move(row, before, after);
  }
}

/** The ARN of a table. */
export function tableArn({ partition, region, account }: Environment, name: string): string {
  return `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
}

function emptyIndexKey(origin: ValueOrigin, type: string, index: string, name: string) {
  const value = origin === 'update'
    ? 'The update expression attempted to update a secondary index key to a value that is not supported.'
    : 'A value specified for a secondary index key is not supported.';
  const where = origin === 'update' ? '' : ` IndexName: ${index}, IndexKey: ${name}`;
  return new EmptyKeyError(`${value} The AttributeValue for a key attribute cannot contain an empty ${type} value.${where}`);
}
