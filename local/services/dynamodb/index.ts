import { ActionName } from './actions';
import { onItemsOfTransaction, onTable, onTablesOfBatch } from './permissions';
import { ReadWriteLock } from './read-write-lock';
import { resourceTypes } from './resources';
import { Store } from './store';
import { tableName, Tables } from './tables';
import { TimeToLive } from './time-to-live';
import { Transactions } from './transactions';
import { AwsError } from '../../kernel/aws-error';
import { Operation, Permission, Service, ServiceContext } from '../../kernel/contracts';
import { awsJson } from '../../wire/aws-json';

type Input = Record<string, any>;

/** Amazon DynamoDB. */
export function dynamodb(context: ServiceContext): Service {
  const store = new Store();
  const tables = new Tables();
  const transactions = new Transactions(store, tables, context.clock);
  const timeToLive = new TimeToLive(context, store, tables);
  const lock = new ReadWriteLock();

  const onOneTable = (action: ActionName): Operation<Input> => ({
    permissions: onTable(action, tables),
    handle: input => lock.shared(() => run(store, action, input.TableName === undefined ? input : { ...input, TableName: tableName(input.TableName) })),
  });
  const onManyTables = (action: ActionName): Operation<Input> => ({
    permissions: onTablesOfBatch(action, tables),
    handle: input => lock.shared(() => store.run(action, input)),
  });
  const transaction = (handle: (input: Input) => Promise<object>): Operation<Input> => ({
    permissions: onItemsOfTransaction(tables),
    handle: input => lock.alone(() => handle(input)),
  });

  return {
    name: 'dynamodb',
    protocol: awsJson({ version: '1.0', targetPrefix: 'DynamoDB_20120810', errorNamespace: 'com.amazonaws.dynamodb.v20120810' }),
    operations: {
      GetItem: onOneTable('GetItem'),
      PutItem: onOneTable('PutItem'),
      UpdateItem: onOneTable('UpdateItem'),
      DeleteItem: onOneTable('DeleteItem'),
      Query: onOneTable('Query'),
      Scan: onOneTable('Scan'),
      DescribeTable: onOneTable('DescribeTable'),
      BatchGetItem: onManyTables('BatchGetItem'),
      BatchWriteItem: onManyTables('BatchWriteItem'),
      TransactWriteItems: transaction(input => transactions.write(input)),
      TransactGetItems: transaction(input => transactions.read(input)),
      ListTables: {
        permissions: (): Permission[] => [{ action: 'dynamodb:ListTables', resource: '*' }],
        handle: (input: Input) => store.run('ListTables', input),
      },
    },
    resourceTypes: resourceTypes(store, tables),
    start: () => timeToLive.start(),
    stop: () => timeToLive.stop(),
  };
}

/** A failed condition may carry the item that failed it, which dynalite does not know of. */
async function run(store: Store, action: ActionName, input: Input): Promise<unknown> {
  try {
    return await store.run(action, input);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException' || input.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') {
      throw error;
    }
    const { KeySchema: keys } = (await store.run('DescribeTable', { TableName: input.TableName })).Table;
    const source = input.Key ?? input.Item;
    const key = Object.fromEntries(keys.map(({ AttributeName: name }: { AttributeName: string }) => [name, source[name]]));
    const { Item: item } = await store.run('GetItem', { TableName: input.TableName, Key: key, ConsistentRead: true });
    throw new AwsError(error.code, error.message, error.status, item ? { Item: item } : {});
  }
}
