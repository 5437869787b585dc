import { checkExpressionParameters } from './expression-parameters';
import { refuseNestedKeys } from './nested-keys';
import { allOf, isObject, operation, scalarOf, tablePermission, Untrusted } from './operation';
import { refuseRepeatedNames } from './projection-input';
import { partitionOf, queryRange, requireWithin } from './query-range';
import { checkLegacyFilter, checkSelect, checkStartKey, LegacyFilter, prepareSelection, READ_MEMBERS, ReadInput } from './read-input';
import { readPage } from './read-page';
import { checkProjected, checkStart, checkStartAttribute, readTarget, startPlace } from './read-target';
import { Permission } from '../../../kernel/contracts';
import { Database } from '../database';
import { validationError, worded } from '../errors';
import { Condition } from '../expressions/condition';
import { bindKeyCondition, equalityOperand, KeyConditions } from '../expressions/key-condition';
import { checkConditions } from '../expressions/legacy-conditions';
import { Placeholders } from '../expressions/placeholders';
import { expression, legacyConditions } from '../shapes/member-shapes';
import { boolean } from '../shapes/scalars';
import { structure } from '../shapes/structure';
import { keyAttributes, KeySchema } from '../tables/key-schema';

interface QueryInput extends ReadInput {
  readonly KeyConditionExpression?: string;
  readonly KeyConditions?: LegacyFilter;
  readonly QueryFilter?: LegacyFilter;
  readonly ScanIndexForward?: boolean;
}

const queryInput = structure<QueryInput>('QueryInput', {
  ...READ_MEMBERS,
  QueryFilter: legacyConditions,
  KeyConditions: legacyConditions,
  ScanIndexForward: boolean(),
  KeyConditionExpression: expression,
});

/** Query. */
export function query(database: Database) {
  return operation({
    shape: queryInput,
    wording: 'plain',
    permissions: input => allOf([tablePermission(database, 'Query', input.TableName, { index: input.IndexName, context: contextOf(database, input) })]),
    prepare: input => {
      // KeyConditions go together with the other expressions.
      const legacy = ['AttributesToGet', 'QueryFilter', 'ConditionalOperator', ...input.KeyConditionExpression === undefined ? [] : ['KeyConditions']];
      checkExpressionParameters({ input, expressions: ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'], legacy, namesMissing: true });
      checkLegacyFilter(input.QueryFilter, input.ConditionalOperator);
      refuseRepeatedNames(input.AttributesToGet);
      checkStartKey(input);
      if (input.KeyConditionExpression === undefined && !input.KeyConditions) {
        throw validationError('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
      }
      if (input.Select === 'SPECIFIC_ATTRIBUTES') {
        worded('counted', () => checkSelect(input));
      } else {
        checkSelect(input);
      }
      const placeholders = new Placeholders(input);
      const readKeys = input.KeyConditionExpression === undefined ? undefined : bindKeyCondition(input.KeyConditionExpression, placeholders);
      const selection = prepareSelection(input, input.QueryFilter, placeholders);
      placeholders.refuseUnused();
      return { input, keys: readKeys ? readKeys() : legacyKeys(input.KeyConditions!), selection };
    },
    run: ({ input, keys, selection }) => {
      const target = readTarget(database.table(input.TableName), input, selection);
      const { table, schema } = target;
      checkStart(target, input.ExclusiveStartKey, true);
      const hash = partitionOf(schema, keys, attribute => input.ExclusiveStartKey && checkStartAttribute(target, input.ExclusiveStartKey, attribute));
      const range = queryRange(schema, keys);
      const start = startPlace(target, input.ExclusiveStartKey);
      if (start) {
        requireWithin(start, hash, range, schema.range !== undefined && keys.has(schema.range.name));
      }
      refuseNestedKeys(table, selection.projection?.paths ?? []);
      refuseKeysInFilter(schema, selection.filter, input);
      checkProjected(target, input, selection);
      refuseNestedKeys(table, selection.filter?.paths ?? []);
      return readPage(target, target.rows.query(hash, range, input.ScanIndexForward !== false, start), input, selection);
    },
  });
}

/** The condition keys of a query: what is selected, and of which partition. */
function contextOf(database: Database, input: Untrusted): Permission['context'] {
  const table = typeof input.TableName === 'string' ? database.find(input.TableName) : undefined;
  const schema = typeof input.IndexName === 'string' ? table?.indexes.get(input.IndexName)?.schema : table?.schema;
  const leadingKeys = schema ? scalarOf(partitionValue(input, schema.hash.name), schema.hash) : [];
  return leadingKeys.length === 0 ? selectContext(input) : { ...selectContext(input), 'dynamodb:LeadingKeys': leadingKeys };
}

/** What an unchecked query compares the partition key with. */
function partitionValue({ KeyConditionExpression: source, KeyConditions: conditions, ...input }: Untrusted, hash: string): unknown {
  if (typeof source === 'string') {
    return equalityOperand(source, hash, input);
  }
  const condition = isObject(conditions) && Object.hasOwn(conditions, hash) ? conditions[hash] : undefined;
  return isObject(condition) && Array.isArray(condition.AttributeValueList) ? condition.AttributeValueList[0] : undefined;
}

/** The condition key that tells what is selected. */
export function selectContext({ Select: select }: Untrusted): Record<string, string> | undefined {
  return typeof select === 'string' ? { 'dynamodb:Select': select } : undefined;
}

function legacyKeys(keyConditions: LegacyFilter): KeyConditions {
  checkConditions(keyConditions);
  const conditions = Object.entries(keyConditions);
  if (conditions.length !== 1 && conditions.length !== 2) {
    throw validationError('Conditions can be of length 1 or 2 only');
  }
  return new Map(conditions.map(([name, condition]) => [name, { AttributeValueList: [], ...condition }]));
}

function refuseKeysInFilter(schema: KeySchema, filter: Condition | undefined, input: QueryInput): void {
  const key = keyAttributes(schema).find(({ name }) => filter?.paths.some(path => path[0] === name));
  if (key) {
    throw validationError(`${input.QueryFilter ? 'QueryFilter' : 'Filter Expression'} can only contain non-primary key attributes: Primary key attribute: ${key.name}`);
  }
}
