import { checkExpressionParameters } from './expression-parameters';
import { refuseNestedKeys } from './nested-keys';
import { allOf, operation, tablePermission } from './operation';
import { refuseRepeatedNames } from './projection-input';
import { selectContext } from './query';
import { checkLegacyFilter, checkSelect, checkStartKey, LegacyFilter, prepareSelection, READ_MEMBERS, ReadInput } from './read-input';
import { readPage } from './read-page';
import { checkProjected, checkStart, checkStartAttribute, readTarget, startPlace } from './read-target';
import { Database } from '../database';
import { validationError } from '../errors';
import { Placeholders } from '../expressions/placeholders';
import { legacyConditions } from '../shapes/member-shapes';
import { integer } from '../shapes/scalars';
import { structure } from '../shapes/structure';
import { Segment, segmentOf as segmentOfDigest, StartPlace } from '../tables/key-index';
import { keyAttributes } from '../tables/key-schema';

interface ScanInput extends ReadInput {
  readonly ScanFilter?: LegacyFilter;
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

const { Select, IndexName, ReturnConsumedCapacity, TableName, ConditionalOperator, Limit, ...others } = READ_MEMBERS;

const scanInput = structure<ScanInput>('ScanInput', {
  Select,
  IndexName,
  TotalSegments: integer('Integer', { minimum: 1, model: { maximum: 1_000_000 } }),
  ReturnConsumedCapacity,
  TableName,
  ConditionalOperator,
  ScanFilter: legacyConditions,
  Segment: integer('Integer', { minimum: 0, model: { maximum: 999_999 } }),
  Limit,
  ...others,
});

/** Scan. */
export function scan(database: Database) {
  return operation({
    shape: scanInput,
    permissions: input => allOf([tablePermission(database, 'Scan', input.TableName, { index: input.IndexName, context: selectContext(input) })]),
    prepare: input => {
      const legacy = ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'];
      checkExpressionParameters({ input, expressions: ['ProjectionExpression', 'FilterExpression'], legacy });
      refuseRepeatedNames(input.AttributesToGet);
      checkLegacyFilter(input.ScanFilter, input.ConditionalOperator);
      checkStartKey(input);
      const segment = segmentOf(input);
      checkSelect(input);
      const placeholders = new Placeholders(input);
      const selection = prepareSelection(input, input.ScanFilter, placeholders);
      placeholders.refuseUnused();
      return { input, segment, selection };
    },
    run: ({ input, segment, selection }) => {
      const target = readTarget(database.table(input.TableName), input, selection);
      checkStart(target, input.ExclusiveStartKey);
      if (input.ExclusiveStartKey && target.index) {
        keyAttributes(target.schema).forEach(attribute => checkStartAttribute(target, input.ExclusiveStartKey!, attribute));
      }
      checkProjected(target, input, selection);
      const start = startPlace(target, input.ExclusiveStartKey);
      if (start && segment) {
        requireInSegment(start, segment);
      }
      refuseNestedKeys(target.table, selection.projection?.paths ?? []);
      refuseNestedKeys(target.table, selection.filter?.paths ?? []);
      return readPage(target, target.rows.scan(segment, start), input, selection);
    },
  });
}

function segmentOf({ Segment: number, TotalSegments: total }: ScanInput): Segment | undefined {
  if (number === undefined && total === undefined) {
    return undefined;
  }
  if (total === undefined) {
    throw validationError('The TotalSegments parameter is required but was not present in the request when Segment parameter is present');
  }
  if (number === undefined) {
    throw validationError('The Segment parameter is required but was not present in the request when parameter TotalSegments is present');
  }
  if (number >= total) {
    throw validationError('The Segment parameter is zero-based and must be less than parameter TotalSegments: '
      + `Segment: ${number} is not less than TotalSegments: ${total}`);
  }
  return { number, total };
}

function requireInSegment({ digest }: StartPlace, { number, total }: Segment): void {
  if (segmentOfDigest(digest, total) !== number) {
    throw validationError('The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. '
      + `TotalSegments: ${total} Segment: ${number}`);
  }
}
