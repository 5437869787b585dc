/** The attributes that a read asks for, by an expression or by plain names. */
import { validationError } from '../errors';
import { nestedKey } from './write';
import { Placeholders } from '../expressions/placeholders';
import { bindProjection, projectNames, Projection } from '../expressions/projection';
import { keyAttributes } from '../tables/key-schema';
import { Table } from '../tables/table';

/** The members of a request that name attributes. */
export interface ProjectionInput {
  readonly ProjectionExpression?: string;
  readonly AttributesToGet?: readonly string[];
}

/** The projection that a request asks for, if it does. */
export function prepareProjection(input: ProjectionInput, placeholders: Placeholders): Projection | undefined {
  const { ProjectionExpression: expression, AttributesToGet: names } = input;
  if (names) {
    refuseRepeatedNames(names);
    return projectNames(names);
  }
  return expression === undefined ? undefined : bindProjection(expression, placeholders);
}

/** Refuses attributes that are asked for twice. */
export function refuseRepeatedNames(names: readonly string[] = []): void {
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw validationError(`One or more parameter values were invalid: Duplicate value in attribute name: ${repeated}`);
  }
}

/** Refuses paths into the attributes of keys, which are all scalars. */
export function refuseNestedKeys(table: Table, paths: readonly (readonly (string | number)[])[]): void {
  const nested = new Set(paths.filter(path => path.length > 1).map(([name]) => name));
  const refuse = (kind: 'Key' | 'IndexKey', schema: Table['schema']) => {
    const attribute = keyAttributes(schema).find(({ name }) => nested.has(name));
    if (attribute) {
      throw nestedKey(kind, attribute.name);
    }
  };
  if (nested.size > 0) {
    refuse('Key', table.schema);
    table.indexes.forEach(index => refuse('IndexKey', index.schema));
  }
}
