import { AwsError } from '../../../../local/kernel/aws-error';
import { HttpResponse, Permission, Principal, ResourceRequest, Storage } from '../../../../local/kernel/contracts';
import { Kernel } from '../../../../local/kernel/kernel';
import { createResource } from '../../../../local/kernel/properties';
import { Trace } from '../../../../local/kernel/trace';
import { dynamodb } from '../../../../local/services/dynamodb';
import { FakeClock } from '../../../support/fake-clock';
import { FixedRandomness } from '../../../support/fixed-randomness';

export const ACCOUNT: Principal = { kind: 'account', arn: 'arn:aws:iam::000000000000:root' };

/** The moment at which every test begins. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A kernel with nothing but DynamoDB. */
export class TestDatabase {
  readonly failures: string[] = [];
  readonly kernel: Kernel;

  constructor(storage?: Storage, readonly clock: FakeClock = new FakeClock(NOW)) {
    const trace = new Trace();
    trace.subscribe(entry => entry.kind === 'failure' && this.failures.push(entry.message));
    this.kernel = new Kernel({ services: [dynamodb], clock: this.clock, randomness: new FixedRandomness(), storage, trace, endpoint: () => '' });
  }

  call(operation: string, input: unknown): Promise<any> {
    return this.kernel.invoke({ principal: ACCOUNT, service: 'dynamodb', operation, input });
  }

  /** How an operation refuses an input: its code and its text. */
  async refusal(operation: string, input: unknown): Promise<string> {
    return describe(await this.error(operation, input));
  }

  async error(operation: string, input: unknown): Promise<AwsError> {
    try {
      await this.call(operation, input);
    } catch (error) {
      if (error instanceof AwsError) {
        return error;
      }
      throw error;
    }
    throw new Error(`${operation} was accepted.`);
  }

  /** What IAM is asked, whatever objects ask it. */
  permissions(operation: string, input: unknown): Permission[] {
    const permissions = this.kernel.service('dynamodb').operations[operation].permissions(input);
    return permissions.map(({ action, resource, context }) => ({ action, resource, context }));
  }

  send(operation: string, body: string): Promise<HttpResponse> {
    const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
    return this.kernel.send(ACCOUNT, 'dynamodb', { method: 'POST', path: '/', query: '', headers, body });
  }

  /** Makes a resource as provisioning would. */
  async provision(type: string, properties: object, more: Partial<ResourceRequest> = {}) {
    return createResource(this.kernel.service('dynamodb').resourceTypes[type], {
      type,
      logicalId: 'Orders',
      constructPath: 'Shop/Orders/Resource',
      stackName: 'shop',
      environment: { account: '111122223333', region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' },
      properties,
      generateName: maxLength => 'shop-Orders-ABCDEFGHIJKL'.slice(0, maxLength),
      generateId: length => 'abcdefghijkl'.slice(0, length),
      ...more,
    });
  }
}

function describe({ code, message }: AwsError): string {
  return code === 'ValidationException' ? message : `${code}: ${message}`;
}

/** The definition of a table with a partition key `pk`, and more where it is given. */
export function tableOf(name: string, more: object = {}) {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    ...more,
  };
}

/** A table `things` with the partition key `pk`. */
export async function simpleTable(): Promise<TestDatabase> {
  const database = new TestDatabase();
  await database.call('CreateTable', tableOf('things'));
  return database;
}

/** A table `notes` with a sort key `sk` of a type, a local index `byTime`, and the global indexes `byAuthor`, `keysOnly` and `some`. */
export async function indexedTable(sortType: string = 'S'): Promise<TestDatabase> {
  const database = new TestDatabase();
  const byAuthor = [{ AttributeName: 'author', KeyType: 'HASH' }, { AttributeName: 'time', KeyType: 'RANGE' }];
  await database.call('CreateTable', tableOf('notes', {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: sortType }, { AttributeName: 'time', AttributeType: 'N' },
      { AttributeName: 'author', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
    LocalSecondaryIndexes: [
      { IndexName: 'byTime', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'time', KeyType: 'RANGE' }], Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    GlobalSecondaryIndexes: [
      { IndexName: 'byAuthor', KeySchema: byAuthor, Projection: { ProjectionType: 'ALL' } },
      { IndexName: 'keysOnly', KeySchema: byAuthor, Projection: { ProjectionType: 'KEYS_ONLY' } },
      { IndexName: 'some', KeySchema: byAuthor.slice(0, 1), Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] } },
    ],
  }));
  return database;
}
