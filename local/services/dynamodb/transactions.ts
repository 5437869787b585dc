import { ActionName } from './actions';
import { Store } from './store';
import { tableName, Tables } from './tables';
import { AwsError } from '../../kernel/aws-error';
import { Clock } from '../../kernel/contracts';

type Item = Record<string, unknown>;

interface Write {
  readonly kind: 'ConditionCheck' | 'Put' | 'Update' | 'Delete';
  readonly request: Record<string, any>;
  /** The request as dynalite has checked and parsed it. */
  readonly checked: object;
  readonly key: Item;
  readonly table: string;
}

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

interface WriteInput {
  readonly TransactItems?: unknown;
  readonly ClientRequestToken?: string;
}

const MAXIMUM_ITEMS = 100;
const TOKEN_MILLISECONDS = 10 * 60 * 1000;
const ACTION_OF: Record<Write['kind'], ActionName> = { ConditionCheck: 'DeleteItem', Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem' };
const NONE: CancellationReason = { Code: 'None' };

/** Transactions, which dynalite lacks: the caller makes sure that nothing else runs meanwhile. */
export class Transactions {
  /** Requests done lately, by their tokens: a client that heard no answer sends the same again. */
  private readonly done = new Map<string, { readonly request: string; readonly until: number }>();

  constructor(private readonly store: Store, private readonly tables: Tables, private readonly clock: Clock) {}

  async write(input: WriteInput): Promise<object> {
    if (this.isRepeated(input)) {
      return {};
    }
    await this.apply(input);
    if (input.ClientRequestToken !== undefined) {
      this.done.set(input.ClientRequestToken, { request: JSON.stringify(input.TransactItems), until: this.clock.now() + TOKEN_MILLISECONDS });
    }
    return {};
  }

  private isRepeated({ ClientRequestToken: token, TransactItems: items }: WriteInput): boolean {
    for (const [each, { until }] of this.done) {
      if (until > this.clock.now()) {
        break;
      }
      this.done.delete(each);
    }
    const earlier = token === undefined ? undefined : this.done.get(token);
    if (earlier && earlier.request !== JSON.stringify(items)) {
      throw new AwsError('IdempotentParameterMismatchException', 'Request parameters do not match the parameters used in a previous request with the same client token');
    }
    return earlier !== undefined;
  }

  private async apply(input: WriteInput): Promise<void> {
    const writes = this.parseWrites(input.TransactItems);
    const reasons: CancellationReason[] = [];
    for (const write of writes) {
      reasons.push(await this.check(write));
    }
    refuse(reasons);

    const undo: Array<() => Promise<unknown>> = [];
    for (const [index, write] of writes.entries()) {
      try {
        if (write.kind !== 'ConditionCheck') {
          undo.unshift(await this.undoOf(write));
          await this.store.run(ACTION_OF[write.kind], write.request);
        }
      } catch (error) {
        for (const step of undo) {
          await step();
        }
        refuse(writes.map((_, position) => position === index ? reasonOf(error) : NONE));
      }
    }
  }

  async read(input: { TransactItems?: unknown }): Promise<object> {
    const items = asItems(input.TransactItems);
    const gets = items.map(item => {
      const { Get: get } = item as { Get?: Record<string, unknown> };
      if (!get) {
        throw new AwsError('ValidationException', '1 validation error detected: Value null at \'transactItems.1.member.get\' failed to satisfy constraint: Member must not be null');
      }
      return { ...get, TableName: tableName(get.TableName) };
    });
    const responses = [];
    for (const get of gets) {
      const { Item: found } = await this.store.run('GetItem', get);
      responses.push(found ? { Item: found } : {});
    }
    return { Responses: responses };
  }

  private parseWrites(transactItems: unknown): Write[] {
    const writes = asItems(transactItems).map(item => {
      const kinds = Object.keys(item).filter(kind => item[kind] !== undefined && item[kind] !== null);
      if (kinds.length !== 1 || !Object.hasOwn(ACTION_OF, kinds[0])) {
        throw new AwsError('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
      }
      return this.parseWrite(kinds[0] as Write['kind'], item[kinds[0]]);
    });
    const seen = new Set<string>();
    for (const { table, key } of writes) {
      const identity = JSON.stringify([table, key]);
      if (seen.has(identity)) {
        throw new AwsError('ValidationException', 'Transaction request cannot include multiple operations on one item');
      }
      seen.add(identity);
    }
    return writes;
  }

  private parseWrite(kind: Write['kind'], value: Record<string, any>): Write {
    const table = this.tables.get(value.TableName);
    const request = { ...value, TableName: table.name };
    const checked = this.store.validate(ACTION_OF[kind], request);
    const source = kind === 'Put' ? value.Item : value.Key;
    return { kind, request, checked, table: table.name, key: Object.fromEntries(table.keyNames.map(name => [name, source[name]])) };
  }

  /** Tries the condition alone, on the item as it is. */
  private async check(write: Write): Promise<CancellationReason> {
    const current = await this.item(write);
    try {
      this.store.checkCondition(write.checked, current);
      return NONE;
    } catch (error) {
      const reason = reasonOf(error);
      return write.request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && current ? { ...reason, Item: current } : reason;
    }
  }

  private async undoOf(write: Write): Promise<() => Promise<unknown>> {
    const { table: name, key } = write;
    const before = await this.item(write);
    return () => before ? this.store.run('PutItem', { TableName: name, Item: before }) : this.store.run('DeleteItem', { TableName: name, Key: key });
  }

  private async item({ table, key }: Write): Promise<Item | undefined> {
    return (await this.store.run('GetItem', { TableName: table, Key: key, ConsistentRead: true })).Item;
  }
}

function asItems(transactItems: unknown): Array<Record<string, any>> {
  if (!Array.isArray(transactItems) || transactItems.some(item => item === null || typeof item !== 'object')) {
    throw new AwsError('ValidationException', '1 validation error detected: Value null at \'transactItems\' failed to satisfy constraint: Member must not be null');
  }
  if (transactItems.length < 1 || transactItems.length > MAXIMUM_ITEMS) {
    const bound = transactItems.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MAXIMUM_ITEMS}`;
    throw new AwsError('ValidationException', `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${bound}`);
  }
  return transactItems;
}

/** What a cancelled transaction says of one of its items. */
function reasonOf(error: unknown): CancellationReason {
  if (!(error instanceof AwsError)) {
    throw error;
  }
  const code = error.code === 'ConditionalCheckFailedException' ? 'ConditionalCheckFailed' : error.code === 'ValidationException' ? 'ValidationError' : error.code;
  return { Code: code, Message: error.message };
}

function refuse(reasons: CancellationReason[]): void {
  if (reasons.some(reason => reason.Code !== 'None')) {
    const codes = reasons.map(reason => reason.Code).join(', ');
    throw new AwsError('TransactionCanceledException', `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`, 400, { CancellationReasons: reasons });
  }
}
