import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpMethod, PassthroughBehavior, WebSocketRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketAwsIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoDbGetItem, DynamoDbPutItem, MockIntegration, Response, SendMessage, StartSyncExecution, Value } from '../../../src';
import { IntegrationApp } from '../../support/integration-app';

/** Mistakes that are published as examples, of docs/integrations.md: each as it is published, and as it is with this library. */
let app: IntegrationApp | undefined;
afterEach(() => app?.stop());

async function run(declare: (stack: Stack) => Record<string, () => WebSocketRouteIntegration>, oneWay: string[] = []): Promise<void> {
  app = new IntegrationApp(declare, oneWay);
  await app.start();
}

/** Sends a message over a connection of its own and gives the answer. */
async function ask(message: object): Promise<string> {
  const client = await app!.connect();
  client.send(message);
  const answer = await client.nextText();
  await client.close();
  return answer;
}

/** Sends a message that nothing answers, and waits for what it does. */
async function tell(message: object, operation: string): Promise<void> {
  const client = await app!.connect();
  client.send(message);
  await called(operation);
  await client.close();
}

const called = (operation: string) => app!.entry(entry => entry.kind === 'call' && entry.operation === operation);

/** The role of integrations that are written by hand. */
function roleIn(stack: Stack): Role {
  return stack.node.tryFindChild('Role') as Role | undefined ?? new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
}

/** An integration that is written by hand. */
function byHand(stack: Stack, uri: string, template: string, more: object = {}): () => WebSocketAwsIntegration {
  const credentialsRole = roleIn(stack);
  return () => new WebSocketAwsIntegration('ByHand', {
    integrationUri: `arn:aws:apigateway:${stack.region}:${uri}`,
    integrationMethod: HttpMethod.POST,
    credentialsRole,
    requestTemplates: { $default: template },
    templateSelectionExpression: '\\$default',
    passthroughBehavior: PassthroughBehavior.NEVER,
    ...more,
  });
}

function tableIn(stack: Stack): Table {
  const table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING }, timeToLiveAttribute: 'ttl' });
  table.grantWriteData(roleIn(stack));
  return table;
}

const ROW = Value.literal('row');
const reading = (table: Table) => () => new DynamoDbGetItem('Read', { table, key: { pk: ROW } });

describe('the example of the CDK, a $connect that writes to a table', () => {
  test('before: it refuses every client, and has written a row all the same', async () => {
    await run(stack => {
      const table = tableIn(stack);
      return {
        $connect: byHand(stack, 'dynamodb:action/PutItem', '', {
          requestTemplates: { 'application/json': JSON.stringify({ TableName: table.tableName, Item: { pk: { S: '$context.requestId' } } }) },
          templateSelectionExpression: undefined,
          passthroughBehavior: undefined,
        }),
      };
    }, ['$connect']);
    await expect(app!.connect()).rejects.toThrow('Unexpected server response: 500');
    expect(await called('PutItem')).toMatchObject({ outcome: 'ok' });
  });

  test('after: it lets clients in when their row is written, and only then', async () => {
    await run(stack => {
      const table = tableIn(stack);
      return { $connect: () => new DynamoDbPutItem('Connect', { table, item: { pk: Value.connectionId() } }) };
    });
    expect((await app!.connect()).open).toBe(true);
    expect(await called('PutItem')).toMatchObject({ outcome: 'ok' });
    await expect(app!.connect('Denied')).rejects.toThrow('Unexpected server response: 500');
  });
});

describe('the template of Solutions Constructs for a queue', () => {
  const FORGED = 'g&MessageAttribute.3.Name=role&MessageAttribute.3.Value.DataType=String&MessageAttribute.3.Value.StringValue=admin';
  const TEMPLATE = "Action=SendMessage&MessageGroupId=$input.path('$.MessageGroupId')&MessageDeduplicationId=$context.requestId"
    + '&MessageAttribute.1.Name=connectionId&MessageAttribute.1.Value.StringValue=$context.connectionId&MessageAttribute.1.Value.DataType=String'
    + '&MessageAttribute.2.Name=requestId&MessageAttribute.2.Value.StringValue=$context.requestId&MessageAttribute.2.Value.DataType=String'
    + "&MessageBody=$util.urlEncode($input.json($util.escapeJavaScript('$').replaceAll(\"\\\\'\",\"'\")))";

  function queueIn(stack: Stack): Queue {
    const queue = new Queue(stack, 'Queue', { fifo: true });
    queue.grantSendMessages(roleIn(stack));
    new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
    return queue;
  }

  async function receivedAttributes(): Promise<string[]> {
    const { MessageAttributes: attributes = {} } = await app!.receive(app!.outputs.QueueUrl);
    return Object.keys(attributes).sort();
  }

  test('before: a client adds fields of its own to the form, and is not told when its message is refused', async () => {
    await run(stack => ({
      order: byHand(stack, `sqs:path/${stack.account}/${queueIn(stack).queueName}`, TEMPLATE, {
        requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      }),
      ping: () => new MockIntegration('Ping'),
    }), ['order']);
    await tell({ action: 'order', MessageGroupId: FORGED }, 'SendMessage');
    expect(await receivedAttributes()).toEqual(['connectionId', 'requestId', 'role']);

    const client = await app!.connect();
    client.send({ action: 'order' });
    client.send({ action: 'ping' });
    expect(await client.next()).toMatchObject({ ok: true });
    expect(client.unread).toEqual([]);
  });

  test('after: a value stays in its field, and the client is told', async () => {
    await run(stack => {
      const queue = queueIn(stack);
      return {
        order: () => new SendMessage('Order', {
          queue,
          messageGroupId: Value.body('$.MessageGroupId').asString(),
          messageDeduplicationId: Value.requestId(),
          messageAttributes: { connectionId: Value.connectionId(), requestId: Value.requestId() },
        }),
      };
    });
    expect(await ask({ action: 'order', MessageGroupId: FORGED })).toContain('"ok":true');
    expect(await receivedAttributes()).toEqual(['connectionId', 'requestId']);
    expect(await ask({ action: 'order' })).toContain('"Bad request body"');
  });
});

describe('the time to live in AWS\'s sample', () => {
  const DAYS = 30 * 24 * 3_600_000;

  test('before: it is in milliseconds, and the row stays', async () => {
    await run(stack => {
      const table = tableIn(stack);
      const template = `#set($ttl = $context.requestTimeEpoch + 86400){"TableName":"${table.tableName}","Item":{"pk":{"S":"row"},"ttl":{"N":"$ttl"}}}`;
      return { put: byHand(stack, 'dynamodb:action/PutItem', template), read: reading(table) };
    }, ['put']);
    await tell({ action: 'put' }, 'PutItem');
    await app!.clock.advance(DAYS);
    expect(await ask({ action: 'read' })).toContain('"ttl"');
  });

  test('after: it is in seconds, and the row goes', async () => {
    await run(stack => {
      const table = tableIn(stack);
      return {
        put: () => new DynamoDbPutItem('Put', { table, item: { pk: ROW, ttl: Value.expiresAfter(Duration.days(1)) } }),
        read: reading(table),
      };
    });
    await ask({ action: 'put' });
    expect(await ask({ action: 'read' })).toContain('"ttl"');
    await app!.clock.advance(DAYS);
    expect(await ask({ action: 'read' })).toContain('"NotFound"');
  });
});

describe('the headers of the handshake in AWS\'s sample, which test/contract/traps shows as they are published', () => {
  test('after: each is a value of its own, quotes and all', async () => {
    await run(stack => {
      const table = tableIn(stack);
      return {
        $connect: () => new DynamoDbPutItem('Connect', { table, item: { pk: ROW, userAgent: Value.header('User-Agent').withDefault('unknown') } }),
        read: () => new DynamoDbGetItem('Read', { table, key: { pk: ROW }, response: Response.json(Value.answer('$.Item.userAgent.S')) }),
      };
    });
    const client = await app!.connect('Api', { 'User-Agent': 'a "quote"' });
    client.send({ action: 'read' });
    expect(await client.next()).toBe('a "quote"');
  });
});

describe('the input of an execution', () => {
  const TEXT = { action: 'run', text: 'it\'s "fine"' };

  function machineIn(stack: Stack): StateMachine {
    const machine = new StateMachine(stack, 'Machine', { stateMachineType: StateMachineType.EXPRESS, definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
    machine.grantStartSyncExecution(roleIn(stack));
    return machine;
  }

  test('before: escapeJavaScript alone makes no JSON of an apostrophe, and the execution is not started', async () => {
    await run(stack => ({
      run: byHand(stack, 'states:action/StartSyncExecution', `{"input":"$util.escapeJavaScript($input.json('$'))","stateMachineArn":"${machineIn(stack).stateMachineArn}"}`),
    }), ['run']);
    const client = await app!.connect();
    client.send(TEXT);
    expect(await app!.entry(({ kind }) => kind === 'message')).toMatchObject({ outcome: expect.stringContaining('SerializationException') });
  });

  test('after: the message arrives as it is', async () => {
    await run(stack => {
      const stateMachine = machineIn(stack);
      return { run: () => new StartSyncExecution('Run', { stateMachine }) };
    });
    expect(JSON.parse(await ask(TEXT))).toEqual(TEXT);
  });
});
