/** Paths into keys, which have no inside. */
import { validationError } from '../errors';
import { Path } from '../expressions/path';
import { keyAttributes } from '../tables/key-schema';
import { Table } from '../tables/table';

/** Refuses paths into the attributes of keys, which are all scalars. */
export function refuseNestedKeys(table: Table, paths: readonly Path[]): void {
  const nested = new Set(paths.filter(path => path.length > 1).map(([name]) => name));
  const refuse = (kind: 'Key' | 'IndexKey', schema: Table['schema']) => {
    const attribute = keyAttributes(schema).find(({ name }) => nested.has(name));
    if (attribute) {
      throw validationError(`Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${attribute.name}`);
    }
  };
  if (nested.size > 0) {
    refuse('Key', table.schema);
    table.indexes.forEach(index => refuse('IndexKey', index.schema));
  }
}
