import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { DynamoDbExpressionOptions } from './dynamodb-expressions';
import { deleteMembers, putMembers, updateMembers } from './dynamodb-write-members';
import { DynamoDbDelete, DynamoDbPut, DynamoDbUpdate } from './dynamodb-writes';
import { requestOf } from './request';
import { Value } from '../values/value';

/** An item that has to meet a condition, and that a transaction leaves as it is. */
export interface DynamoDbConditionCheck extends DynamoDbExpressionOptions {
  /** The table. */
  readonly table: ITable;

  /** The primary key of the item. */
  readonly key: { [attribute: string]: Value };

  /** What has to be true of the item. */
  readonly conditionExpression: string;
}

/** One of the writes of a transaction. */
export class DynamoDbTransactWriteItem {
  /** Puts an item. */
  static put(put: DynamoDbPut): DynamoDbTransactWriteItem {
    return new DynamoDbTransactWriteItem('Put', 'PutItem', put.table, putMembers(put));
  }

  /** Changes an item, or makes one. */
  static update(update: DynamoDbUpdate): DynamoDbTransactWriteItem {
    return new DynamoDbTransactWriteItem('Update', 'UpdateItem', update.table, updateMembers(update));
  }

  /** Deletes an item. */
  static delete(deletion: DynamoDbDelete): DynamoDbTransactWriteItem {
    return new DynamoDbTransactWriteItem('Delete', 'DeleteItem', deletion.table, deleteMembers(deletion));
  }

  /** Checks an item that none of the others writes. */
  static conditionCheck(check: DynamoDbConditionCheck): DynamoDbTransactWriteItem {
    return new DynamoDbTransactWriteItem('ConditionCheck', 'ConditionCheckItem', check.table, deleteMembers(check));
  }

  /** @internal */
  readonly _request: Value;

  private constructor(
    member: string,
    /** @internal */ readonly _action: string,
    /** @internal */ readonly _table: ITable,
    members: Readonly<Record<string, Value | undefined>>,
  ) {
    this._request = Value.object({ [member]: requestOf(members) });
  }
}
