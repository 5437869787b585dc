import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { DynamoDbConditionOptions } from './dynamodb-expressions';
import { Value } from '../values/value';

/** An item that is put into a table. */
export interface DynamoDbPut extends DynamoDbConditionOptions {
  /** The table. */
  readonly table: ITable;

  /** The item's attributes. Each value's type is the attribute's: strings, numbers, booleans, lists and maps; fields of the message say theirs. */
  readonly item: { [attribute: string]: Value };
}

/** An item that is deleted from a table. */
export interface DynamoDbDelete extends DynamoDbConditionOptions {
  /** The table. */
  readonly table: ITable;

  /** The primary key of the item. */
  readonly key: { [attribute: string]: Value };
}

/** An item that is changed, or made where there is none. */
export interface DynamoDbUpdate extends DynamoDbConditionOptions {
  /** The table. */
  readonly table: ITable;

  /** The primary key of the item. */
  readonly key: { [attribute: string]: Value };

  /**
   * What is changed, such as `SET #status = :status ADD visits :one`.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
   */
  readonly updateExpression: string;
}

/** What a write answers of the item. */
export enum DynamoDbReturnValues {
  /** Nothing. */
  NONE = 'NONE',
  /** The item as it was. */
  ALL_OLD = 'ALL_OLD',
  /** The attributes that an update changed, as they were. */
  UPDATED_OLD = 'UPDATED_OLD',
  /** The item as an update left it. */
  ALL_NEW = 'ALL_NEW',
  /** The attributes that an update changed, as it left them. */
  UPDATED_NEW = 'UPDATED_NEW',
}
