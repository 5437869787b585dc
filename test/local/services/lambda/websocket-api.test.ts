import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { WebSocket } from 'ws';
import { TraceEntry } from '../../../../local/kernel/contracts';
import { startRuntime, Runtime } from '../../../../local/main';
import { Client } from '../apigatewayv2/clients';

/**
 * The published pattern "mapping template and authorizer", as its template declares it: an authorizer that admits `token: hello`, functions that write
 * and delete the connection's row, and a route whose template passes the request's context to a function that answers by `@connections`.
 */
const AUTHORIZER = `export const handler = async event => {
  if (event.headers.token !== 'hello') throw new Error('Unauthorized');
  return { principalId: 'me', context: { token: event.headers.token }, policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }] } };
};`;

const ROW = (command: string) => `const { DynamoDBClient, ${command} } = require('@aws-sdk/client-dynamodb');
const client = new DynamoDBClient({});
exports.handler = async ({ requestContext: { connectionId } }) => {
  const key = { connectionId: { S: connectionId } };
  await client.send(new ${command}({ TableName: process.env.TABLE, ${command === 'PutItemCommand' ? 'Item' : 'Key'}: key }));
  return { statusCode: 200 };
};`;

const SEND = `const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi');
const { DynamoDBClient, ScanCommand } = require('@aws-sdk/client-dynamodb');
exports.handler = async event => {
  const { Items } = await new DynamoDBClient({}).send(new ScanCommand({ TableName: process.env.TABLE }));
  const api = new ApiGatewayManagementApiClient({ endpoint: process.env.URL });
  await api.send(new PostToConnectionCommand({ ConnectionId: Items[0].connectionId.S, Data: JSON.stringify(event) }));
};`;

const TEMPLATE = '{"requestContext":{"auth":"$context.authorizer.principalId","token":"$context.authorizer.token","connectionId":"$context.connectionId"},'
  + '"body":"$util.escapeJavaScript($input.body)","isBase64Encoded":"$context.isBase64Encoded"}';

const ref = (name: string) => ({ Ref: name });
const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const uri = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations` });

function lambdaFunction(name: string, source: string, actions: string[]) {
  return {
    [`${name}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        Policies: actions.length === 0 ? [] : [{ PolicyName: 'All', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] } }],
      },
    },
    [name]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: source },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Timeout: 29,
        MemorySize: 256,
        Role: arn(`${name}Role`),
        Environment: { Variables: { TABLE: ref('Table'), URL: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live' } } },
      },
    },
    [`${name}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn(name),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*' },
      },
    },
  };
}

function proxied(name: string, routeKey: string, more: object = {}) {
  return {
    [`${name}Integration`]: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Api'), IntegrationType: 'AWS_PROXY', IntegrationUri: uri(name) } },
    [`${name}Route`]: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), RouteKey: routeKey, Target: { 'Fn::Join': ['/', ['integrations', ref(`${name}Integration`)]] }, ...more } },
  };
}

function template(authorizer = AUTHORIZER, sendActions = ['dynamodb:Scan', 'execute-api:ManageConnections']) {
  return {
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'connectionId', AttributeType: 'S' }],
        },
      },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Api'), StageName: 'live', AutoDeploy: true } },
      ...lambdaFunction('Guard', authorizer.replace('export const handler', 'exports.handler'), []),
      ...lambdaFunction('Connect', ROW('PutItemCommand'), ['dynamodb:PutItem']),
      ...lambdaFunction('Disconnect', ROW('DeleteItemCommand'), ['dynamodb:DeleteItem']),
      ...lambdaFunction('Send', SEND, sendActions),
      Authorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: { ApiId: ref('Api'), AuthorizerType: 'REQUEST', Name: 'guard', AuthorizerUri: uri('Guard'), IdentitySource: ['route.request.header.token'] },
      },
      ...proxied('Connect', '$connect', { AuthorizationType: 'CUSTOM', AuthorizerId: ref('Authorizer') }),
      ...proxied('Disconnect', '$disconnect'),
      SendIntegration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { ApiId: ref('Api'), IntegrationType: 'AWS', IntegrationMethod: 'POST', IntegrationUri: uri('Send'), RequestTemplates: { 'application/json': TEMPLATE } },
      },
      SendRoute: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), RouteKey: 'sendmessage', Target: { 'Fn::Join': ['/', ['integrations', ref('SendIntegration')]] } } },
    },
    Outputs: { Table: { Value: ref('Table') } },
  };
}

let runtime: Runtime;
afterEach(() => runtime.stop());

async function start(content: object, watch?: (entry: TraceEntry) => void): Promise<void> {
  runtime = await startRuntime({
    port: 0,
    watch: trace => watch && trace.subscribe(watch),
    stacks: [{ name: 'Chat', id: 'Chat', constructPath: 'Chat', template: content, templateFile: 'template.json', directory: __dirname, parameters: {}, dependencies: [], constructPaths: new Map() }],
  });
}

function connect(headers: Record<string, string>): Promise<Client | number> {
  const [{ apiId, stage }] = runtime.apis;
  const socket = new WebSocket(`${runtime.endpoint.replace('http', 'ws')}/${apiId}/${stage}`, { headers });
  return new Promise((resolve, reject) => {
    const client = new Client(socket);
    socket.on('open', () => resolve(client));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode!));
    socket.on('error', reject);
  });
}

const rows = async () => {
  const client = new DynamoDBClient({ endpoint: runtime.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  return (await client.send(new ScanCommand({ TableName: runtime.stacks[0].outputs.Table }))).Items;
};

test('the header admits, anything else is refused, and the reply reaches the client', async () => {
  await start(template());
  expect(await connect({})).toBe(401);
  expect(await connect({ token: 'goodbye' })).toBe(401);

  const client = await connect({ token: 'hello' }) as Client;
  expect(await rows()).toHaveLength(1);
  const message = '{"action": "sendmessage","message" : "hey \\"queen\\""}';
  const reply = JSON.parse(await client.ask(message));
  expect(reply).toEqual({
    requestContext: { auth: 'me', token: 'hello', connectionId: expect.stringMatching(/^[\w-]{15}=$/) },
    body: message,
    isBase64Encoded: 'false',
  });

  // The template escapes an apostrophe as JavaScript would, which is no JSON: the function is not called, and nobody told.
  client.send('{"action":"sendmessage","message":"it\'s"}');
  expect(await client.ask({ action: 'nobody' })).toContain('"message": "Forbidden"');

  await client.close();
  while ((await rows())!.length > 0) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}, 60_000);

test('a function without the permission to post is refused as on AWS, and nothing reaches the client', async () => {
  let denied: (message: string) => void;
  const denial = new Promise<string>(resolve => denied = resolve);
  await start(template(AUTHORIZER, ['dynamodb:Scan']), entry => {
    if (entry.kind === 'call' && entry.operation === 'PostToConnection' && entry.outcome === 'AccessDeniedException') {
      denied(entry.message!);
    }
  });
  const client = await connect({ token: 'hello' }) as Client;
  client.send({ action: 'sendmessage' });
  expect(await denial).toMatch(/assumed-role\/Chat-SendRole-\w+\/Chat-Send-\w+ is not authorized to perform: execute-api:ManageConnections/);
  expect(await client.ask({ action: 'nobody' })).toContain('"message": "Forbidden"');
}, 60_000);

test('whatever a function asks of AWS\'s hosts comes here, by every way there is', async () => {
  const ask = `const https = require('node:https');
    const read = response => new Promise(resolve => { let text = ''; response.on('data', data => text += data); response.on('end', () => resolve(text)); });
    const get = (...parameters) => new Promise((resolve, reject) => https.get(...parameters, response => resolve(read(response))).on('error', reject));
    exports.handler = async () => {
      const { request } = await import('node:https');
      const host = 's3.us-east-1.amazonaws.com';
      const answers = [
        await get('https://' + host + '/a?b=c'), await get(new URL('https://' + host + '/a')), await get({ host, path: '/a', port: 443, agent: new https.Agent() }),
        await get('https://' + host + '/a', { headers: { 'X-A': 'b' } }), await (await fetch('https://' + host + '/a', { method: 'POST', body: 'x' })).text(),
        await new Promise((resolve, reject) => request({ hostname: host, path: '/a' }, response => resolve(read(response))).on('error', reject).end()),
      ];
      throw new Error('Unauthorized' + answers.map(text => JSON.parse(text).message));
    };`;
  const messages: string[] = [];
  await start(template(ask), entry => entry.kind === 'log' && messages.push(entry.message));
  expect(await connect({ token: 'hello' })).toBe(500);
  expect(messages.join('')).toContain(`Unauthorized${Array(6).fill('Nothing is served at /a.')}`);
}, 60_000);
