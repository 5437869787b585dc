import { Stack } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { DirectIntegration, StatusResponse } from './direct-integration';

export interface DynamoDbItemActionProps {
  readonly table: ITable;
  /** The attributes of the item to put, or of the key to delete, as Velocity text. Nothing is escaped: only what API Gateway itself makes may stand here. */
  readonly attributes: Record<string, { readonly S: string } | { readonly N: string }>;
  /** Velocity variables that the attributes use, each with its expression. */
  readonly variables?: Record<string, string>;
}

/** Puts or deletes one item for each message. */
abstract class DynamoDbItemAction extends DirectIntegration {
  constructor(id: string, private readonly itemAction: string, private readonly member: string, private readonly props: DynamoDbItemActionProps) {
    super(id, 'dynamodb', itemAction);
  }

  protected grant(role: IRole): void {
    Grant.addToPrincipal({ grantee: role, actions: [`dynamodb:${this.itemAction}`], resourceArns: [this.props.table.tableArn] });
  }

  protected requestTemplate(stack: Stack): string {
    const variables = Object.entries(this.props.variables ?? {}).map(([name, expression]) => `#set($${name} = ${expression})`);
    return variables.join('') + stack.toJsonString({ TableName: this.props.table.tableName, [this.member]: this.props.attributes });
  }

  protected responses(): StatusResponse[] {
    // No key matches a failure, and so a failed write refuses the connection. A catch-all would let it in.
    return [{ key: '/200/' }];
  }
}

/** Puts one item for each message. */
export class DynamoDbPutItem extends DynamoDbItemAction {
  constructor(id: string, props: DynamoDbItemActionProps) {
    super(id, 'PutItem', 'Item', props);
  }
}

/** Deletes one item for each message. */
export class DynamoDbDeleteItem extends DynamoDbItemAction {
  constructor(id: string, props: DynamoDbItemActionProps) {
    super(id, 'DeleteItem', 'Key', props);
  }
}
