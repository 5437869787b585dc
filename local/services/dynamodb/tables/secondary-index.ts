/** Secondary indexes: another key for the same rows, and a choice of their attributes. */
import { KeyIndex } from './key-index';
import { keyAttributes, KeySchema } from './key-schema';
import { IndexDefinition } from './table-definition';
import { Attributes } from '../values/attribute-value';

export class SecondaryIndex {
  readonly rows: KeyIndex;
  private readonly projected?: ReadonlySet<string>;

  constructor(readonly definition: IndexDefinition, readonly kind: 'global' | 'local', readonly schema: KeySchema, tableSchema: KeySchema) {
    this.rows = new KeyIndex(schema, tableSchema);
    if (definition.Projection.ProjectionType !== 'ALL') {
      const keys = [...keyAttributes(schema), ...keyAttributes(tableSchema)].map(({ name }) => name);
      this.projected = new Set([...keys, ...definition.Projection.NonKeyAttributes ?? []]);
    }
  }

  get name(): string {
    return this.definition.IndexName;
  }

  get projectsAll(): boolean {
    return this.projected === undefined;
  }

  /** Whether a read of an attribute finds it here. */
  projects(name: string): boolean {
    return this.projected?.has(name) ?? true;
  }

  /** The attributes of an item that the index has. */
  project(item: Attributes): Attributes {
    const { projected } = this;
    return projected ? Object.fromEntries(Object.entries(item).filter(([name]) => projected.has(name))) : item;
  }
}
