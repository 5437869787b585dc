import { tableName, Tables } from './tables';
import { Permission } from '../../kernel/contracts';

/** The ARN that IAM checks for a table that a request names. A table that does not exist has none, and is refused as any other resource. */
function tableArn(tables: Tables, nameOrArn: unknown): string {
  return tables.find(nameOrArn)?.arn ?? `arn:aws:dynamodb:::table/${tableName(nameOrArn)}`;
}

export function onTable(action: string, tables: Tables) {
  return (input: { TableName?: string; IndexName?: string }): Permission[] => {
    const arn = tableArn(tables, input.TableName);
    return [{ action: `dynamodb:${action}`, resource: input.IndexName === undefined ? arn : `${arn}/index/${input.IndexName}` }];
  };
}

/** One permission for each table of a batch. */
export function onTablesOfBatch(action: string, tables: Tables) {
  return (input: { RequestItems?: Record<string, unknown> }): Permission[] =>
    Object.keys(input.RequestItems ?? {}).map(name => ({ action: `dynamodb:${action}`, resource: tableArn(tables, name) }));
}

const TRANSACTION_ACTIONS: Record<string, string> = {
  ConditionCheck: 'ConditionCheckItem', Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', Get: 'GetItem',
};

/** A transaction needs what each of its items would need alone. */
export function onItemsOfTransaction(tables: Tables) {
  return (input: { TransactItems?: Array<Record<string, { TableName?: string }>> }): Permission[] =>
    (Array.isArray(input.TransactItems) ? input.TransactItems : []).flatMap(item => Object.entries(item ?? {}).flatMap(([kind, { TableName: name }]) =>
      Object.hasOwn(TRANSACTION_ACTIONS, kind) ? [{ action: `dynamodb:${TRANSACTION_ACTIONS[kind]}`, resource: tableArn(tables, name) }] : []));
}
