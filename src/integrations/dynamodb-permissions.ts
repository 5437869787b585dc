import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { keyPermissions } from './key-permissions';

/** What a caller of a table needs beside the action: DynamoDB opens the table's own key in its caller's name. */
export function tableKeyPermissions(table: ITable): PolicyStatement[] {
  return keyPermissions(table.encryptionKey, 'dynamodb', table, ['kms:Decrypt']);
}
