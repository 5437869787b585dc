import { ASSUMPTIONS } from './assumptions';
import { Database } from './database';
import { batchGetItem } from './operations/batch-get-item';
import { batchWriteItem } from './operations/batch-write-item';
import { createTable } from './operations/create-table';
import { deleteItem } from './operations/delete-item';
import { getItem } from './operations/get-item';
import { NOT_EMULATED } from './operations/not-emulated';
import { putItem } from './operations/put-item';
import { query } from './operations/query';
import { scan } from './operations/scan';
import { deleteTable, describeTableOperation, listTables } from './operations/tables';
import { listTagsOfResource, tagResource, untagResource } from './operations/tags';
import { describeTimeToLive, updateTimeToLive } from './operations/time-to-live';
import { transactGetItems } from './operations/transact-get-items';
import { transactWriteItems } from './operations/transact-write-items';
import { updateItem } from './operations/update-item';
import { updateTable } from './operations/update-table';
import { storedFirst } from './persistence/stored-first';
import { resourceTypes } from './resources';
import { describeStream } from './streams/describe-stream';
import { getRecords } from './streams/get-records';
import { getShardIterator } from './streams/get-shard-iterator';
import { listStreams } from './streams/list-streams';
import { Service, ServiceContext } from '../../kernel/contracts';
import { awsJson } from '../../wire/aws-json';

/** Amazon DynamoDB: tables and their items, in memory, and in a storage where the runtime has one. */
export function dynamodb(context: ServiceContext): Service {
  const database = new Database(context);
  const operations = {
    BatchGetItem: batchGetItem(database),
    DescribeTable: describeTableOperation(database),
    DescribeTimeToLive: describeTimeToLive(database),
    GetItem: getItem(database),
    ListTables: listTables(database),
    ListTagsOfResource: listTagsOfResource(database),
    Query: query(database),
    Scan: scan(database),
    TransactGetItems: transactGetItems(database),
    ...storedFirst(database, {
      BatchWriteItem: batchWriteItem(database),
      CreateTable: createTable(database),
      DeleteItem: deleteItem(database),
      DeleteTable: deleteTable(database),
      PutItem: putItem(database),
      TagResource: tagResource(database),
      TransactWriteItems: transactWriteItems(database),
      UntagResource: untagResource(database),
      UpdateItem: updateItem(database),
      UpdateTable: updateTable(database),
      UpdateTimeToLive: updateTimeToLive(database),
    }),
  };
  const streamOperations = {
    DescribeStream: describeStream(database),
    GetRecords: getRecords(database),
    GetShardIterator: getShardIterator(database),
    ListStreams: listStreams(database),
  };
  return {
    name: 'dynamodb',
    protocols: [
      protocol('DynamoDB_20120810', [...Object.keys(operations), ...NOT_EMULATED]),
      protocol('DynamoDBStreams_20120810', Object.keys(streamOperations)),
    ],
    operations: { ...operations, ...streamOperations },
    resourceTypes: resourceTypes(database),
    assumptions: ASSUMPTIONS,
    deployed: () => database.expiry.schedule(),
    stop: async () => {
      database.expiry.stop();
      // Whoever wrote has been told of a failure.
      await database.settled()?.catch(() => {});
    },
  };
}

/** Tables and streams are two services on the wire. */
function protocol(targetPrefix: string, operations: readonly string[]) {
  const errorNamespace = 'com.amazonaws.dynamodb.v20120810';
  return awsJson({ version: '1.0', targetPrefix, operations, errorNamespace, faultCode: 'InternalServerError', checksum: true, isPublic: true });
}
