/** The results of service integrations as far as mocks of them are checked: the optimized integrations and their AWS SDK twins. */

/** The form of a value. */
export type Shape =
  | 'any' | 'string' | 'number' | 'boolean'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly members: Readonly<Record<string, Shape>>; readonly required?: readonly string[] };

const CAPACITY: Shape = { members: { ReadCapacityUnits: 'number', WriteCapacityUnits: 'number', CapacityUnits: 'number' } };
const CONSUMED_CAPACITY: Shape = {
  members: {
    TableName: 'string',
    CapacityUnits: 'number',
    ReadCapacityUnits: 'number',
    WriteCapacityUnits: 'number',
    Table: CAPACITY,
    LocalSecondaryIndexes: { map: CAPACITY },
    GlobalSecondaryIndexes: { map: CAPACITY },
  },
};
const COLLECTION_METRICS: Shape = { members: { ItemCollectionKey: { map: 'any' }, SizeEstimateRangeGB: { list: 'number' } } };
const ITEM: Shape = { map: { map: 'any' } };
const WRITTEN_ITEM: Shape = { members: { Attributes: ITEM, ConsumedCapacity: CONSUMED_CAPACITY, ItemCollectionMetrics: COLLECTION_METRICS } };

const EXECUTION: Shape = {
  members: {
    ExecutionArn: 'string',
    StateMachineArn: 'string',
    Name: 'string',
    Status: 'string',
    StartDate: 'string',
    StopDate: 'string',
    Output: 'any',
    Error: 'string',
    Cause: 'string',
    TraceHeader: 'string',
  },
  required: ['ExecutionArn', 'StateMachineArn', 'Status', 'StartDate'],
};

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['dynamodb:getItem', { members: { Item: ITEM, ConsumedCapacity: CONSUMED_CAPACITY } }],
  ['dynamodb:putItem', WRITTEN_ITEM],
  ['dynamodb:updateItem', WRITTEN_ITEM],
  ['dynamodb:deleteItem', WRITTEN_ITEM],
  ['events:putEvents', {
    members: {
      FailedEntryCount: 'number',
      Entries: { list: { members: { EventId: 'string', ErrorCode: 'string', ErrorMessage: 'string' } } },
    },
  }],
  ['lambda:invoke', { members: { StatusCode: 'number', FunctionError: 'string', LogResult: 'string', Payload: 'any', ExecutedVersion: 'string' } }],
  ['sns:publish', { members: { MessageId: 'string', SequenceNumber: 'string' } }],
  ['sqs:sendMessage', {
    members: {
      MD5OfMessageBody: 'string',
      MD5OfMessageAttributes: 'string',
      MD5OfMessageSystemAttributes: 'string',
      MessageId: 'string',
      SequenceNumber: 'string',
    },
  }],
  ['states:startExecution', { members: { ExecutionArn: 'string', StartDate: 'string' }, required: ['ExecutionArn', 'StartDate'] }],
  ['states:startExecution.sync', EXECUTION],
  ['states:startExecution.sync:2', EXECUTION],
]);

const SDK_NAMES: ReadonlyMap<string, string> = new Map([['eventbridge', 'events'], ['sfn', 'states']]);

/** The form of a resource's result; undefined for resources whose results are not known. */
export function resultShape(resource: string): Shape | undefined {
  const match = /^arn:[^:]+:states:[^:]*:[^:]*:(?:aws-sdk:)?([^:]+):(.+)$/.exec(resource);
  return match ? SHAPES.get(`${SDK_NAMES.get(match[1]) ?? match[1]}:${match[2]}`) : undefined;
}

/** Why a value has not the form; undefined when it has. In PRESENT mode nothing is required. */
export function mismatch(value: unknown, shape: Shape, strict: boolean, field = ''): string | undefined {
  if (shape === 'any') return undefined;
  if (typeof shape === 'string') return typeof value === shape ? undefined : `Field '${field}' must be a ${shape}`;
  if ('list' in shape) {
    if (!Array.isArray(value)) return `Field '${field}' must be an array`;
    return first(value, item => mismatch(item, shape.list, strict, field));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `Field '${field}' must be an object`;
  if ('map' in shape) return first(Object.entries(value), ([name, member]) => mismatch(member, shape.map, strict, name));
  const missing = strict ? shape.required?.find(name => !Object.hasOwn(value, name)) : undefined;
  if (missing !== undefined) return `Required field '${missing}' is missing`;
  return first(Object.entries(value), ([name, member]) => Object.hasOwn(shape.members, name) ? mismatch(member, shape.members[name], strict, name) : undefined);
}

function first<T>(values: readonly T[], test: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const found = test(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
