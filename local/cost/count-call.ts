import { entryBytes, pieces } from '../engines/cost';
import { Principal } from '../kernel/contracts';

interface Counted {
  readonly usage: Readonly<Record<string, number>>;
  /** Whether a workflow was started by something else than a client's message. */
  readonly isReaction?: boolean;
  readonly output: unknown;
}

/** A call while it is counted: with what input it goes on, and what is counted once it has succeeded. */
export interface Counting {
  readonly input: unknown;
  after(output: unknown): Counted;
  /** What a call costs that has failed. */
  failed(error: unknown): Readonly<Record<string, number>>;
}

const BYTES_PER_LOG_EVENT = 26;
const MEGABYTE = 1024 * 1024;

/** What a pipe asks of its source, which is no request of the pipe's. */
const SOURCE_OPERATIONS = new Set(['DescribeStream', 'ListShards', 'GetShardIterator', 'GetRecords', 'ReceiveMessage', 'DeleteMessage', 'DeleteMessageBatch']);

/** The operations of DynamoDB that read and write items. */
const UNITS: Readonly<Record<string, 'reads' | 'writes'>> = {
  GetItem: 'reads',
  Query: 'reads',
  Scan: 'reads',
  BatchGetItem: 'reads',
  TransactGetItems: 'reads',
  PutItem: 'writes',
  UpdateItem: 'writes',
  DeleteItem: 'writes',
  BatchWriteItem: 'writes',
  TransactWriteItems: 'writes',
};

/** How one call of a service is counted. */
export function countCall(service: string, operation: string, input: unknown, principal: Principal): Counting {
  const pipe: Record<string, number> = isOfPipe(principal) && !SOURCE_OPERATIONS.has(operation) ? { pipeRequests: pieces(sizeOf(input), 64) } : {};
  const units = service === 'dynamodb' && Object.hasOwn(UNITS, operation) ? UNITS[operation] : undefined;
  const counting: Counting = units ? countUnits(units, input) : {
    input, after: output => ({ usage: usageOf(service, operation, input, output), output }), failed: () => ({}),
  };
  return {
    input: counting.input,
    failed: counting.failed,
    after: output => {
      const counted = counting.after(output);
      return {
        output: counted.output,
        usage: { ...counted.usage, ...pipe },
        isReaction: service === 'states' && /^Start(Sync)?Execution$/.test(operation) && !isOfClient(principal),
      };
    },
  };
}

function usageOf(service: string, operation: string, input: any, output: any): Record<string, number> {
  switch (`${service}:${operation}`) {
    case 'events:PutEvents': {
      const put = list(input?.Entries).filter((_, index) => list(output?.Entries)[index]?.ErrorCode === undefined);
      return { events: sum(put.map(entry => pieces(entryBytes(Object(entry)), 64))) };
    }
    case 'logs:PutLogEvents':
      return { logMegabytes: sum(list(input?.logEvents).map(({ message }) => Buffer.byteLength(String(message)) + BYTES_PER_LOG_EVENT)) / MEGABYTE };
    case 'sns:Publish': case 'sns:PublishBatch':
      return { topicRequests: pieces(sizeOf(input), 64) };
    default:
      return service === 'sqs' ? { queueRequests: pieces(sizeOf(input), 64) } : {};
  }
}

/** DynamoDB itself says what it bills, when it is asked to. Only who asked is told. */
function countUnits(meter: 'reads' | 'writes', input: unknown): Counting {
  const wanted = (Object(input) as { ReturnConsumedCapacity?: unknown }).ReturnConsumedCapacity;
  const isAsked = wanted !== undefined && wanted !== 'NONE';
  return {
    input: isAsked || typeof input !== 'object' || input === null ? input : { ...input, ReturnConsumedCapacity: 'TOTAL' },
    after: output => {
      const { ConsumedCapacity: capacity, ...rest } = Object(output) as Record<string, any>;
      const consumed = capacity === undefined ? [] : Array.isArray(capacity) ? capacity : [capacity];
      return { usage: { [meter]: sum(consumed.map(({ CapacityUnits }) => CapacityUnits)) }, output: isAsked ? output : rest };
    },
    // The least that a write costs whose condition does not hold: DynamoDB does not say how much it was.
    failed: (error): Record<string, number> => meter === 'writes' && (error as { code?: unknown } | undefined)?.code === 'ConditionalCheckFailedException' ? { writes: 1 } : {},
  };
}

/** A pipe calls its target, and its source, with a role of its own. */
function isOfPipe({ sourceArn }: Principal): boolean {
  return sourceArn !== undefined && /^arn:[^:]+:pipes:/.test(sourceArn);
}

function isOfClient({ sourceArn }: Principal): boolean {
  return sourceArn !== undefined && /^arn:[^:]+:execute-api:/.test(sourceArn);
}

function sizeOf(input: unknown): number {
  return Buffer.byteLength(JSON.stringify(input) ?? '');
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function list(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}
