import { check } from '../../local/check';
import { StackTemplate } from '../../local/kernel/template';

const TABLE = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'Orders', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' } };
const ORDERS = 'arn:aws:dynamodb:us-east-1:000000000000:table/Orders';

const role = (service: string, ...statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: `of-${service}`,
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }] },
    Policies: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});

const allow = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/** An API whose route `save` calls DynamoDB with a role. */
const api = (template: string, saveRole: object) => ({
  Table: TABLE,
  Role: saveRole,
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
  Save: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      IntegrationUri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem',
      CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      RequestTemplates: { '\\$default': template },
      TemplateSelectionExpression: '\\$default',
    },
  },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'save', Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Save' }]] } } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'live', AutoDeploy: true } },
});

/** A state machine of one task. */
const workflow = (task: object, workflowRole: object) => ({
  Table: TABLE,
  Role: workflowRole,
  Workflow: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineType: 'EXPRESS',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      DefinitionString: JSON.stringify({ StartAt: 'Each', States: { Each: { Type: 'Map', ItemProcessor: { StartAt: 'Work', States: { Work: { Type: 'Task', End: true, ...task } } }, End: true } } }),
    },
  },
});

function checked(resources: object) {
  return check([{
    name: 'Shop',
    id: 'Shop',
    constructPath: 'Shop',
    template: { Resources: resources },
    templateFile: 'Shop.template.json',
    directory: '/',
    parameters: {},
    dependencies: [],
    constructPaths: new Map([['Api', 'Shop/Api/Resource']]),
  } as unknown as StackTemplate]);
}

const TEMPLATE = '{"TableName":"Orders","Item":{"pk":{"S":$input.json(\'$.order.id\')}}}';

test('a template whose roles allow what it does has no findings', async () => {
  const { findings, resources } = await checked(api(TEMPLATE, role('apigateway', allow('dynamodb:PutItem', ORDERS))));
  expect(findings).toEqual([]);
  expect(resources).toHaveLength(6);
  expect(new Set(resources.map(({ status }) => status))).toEqual(new Set(['emulated']));
});

test('names the statement that the role of a route lacks', async () => {
  const { findings } = await checked(api(TEMPLATE, role('apigateway', allow('dynamodb:GetItem', ORDERS))));
  expect(findings).toEqual([{
    by: 'Shop/Api, route save',
    kind: 'denied',
    call: 'dynamodb:PutItem',
    message: expect.stringMatching(/^User: arn:aws:sts::000000000000:assumed-role\/of-apigateway\/apigateway is not authorized to perform: dynamodb:PutItem on resource: .*table\/Orders/),
    statement: allow('dynamodb:PutItem', ORDERS),
    role: 'arn:aws:iam::000000000000:role/of-apigateway',
  }]);
});

test('names a role that API Gateway may not assume', async () => {
  const { findings } = await checked(api(TEMPLATE, role('states', allow('dynamodb:PutItem', ORDERS))));
  expect(findings).toMatchObject([{ by: 'Shop/Api, route save', kind: 'denied', call: 'sts:AssumeRole', message: expect.stringContaining('apigateway.amazonaws.com is not authorized to perform: sts:AssumeRole') }]);
});

describe('a function', () => {
  const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:guard';
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;
  const integration = (key: string, name: string) => ({
    [name]: { Type: 'AWS::ApiGatewayV2::Integration', DependsOn: 'Function', Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: uri } },
    [`${name}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ApiId: { Ref: 'Api' }, RouteKey: key, Target: { 'Fn::Join': ['/', ['integrations', { Ref: name }]] }, ...(key === '$connect' ? { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } } : {}) },
    },
  });
  const permission = (path: string) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Function' }, Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', { Ref: 'Api' }, path]] } },
  });
  const guarded = (permissions: object, authorizer: object = {}) => {
    const { Api, Stage } = api('', role('apigateway'));
    return {
      Api,
      Stage,
      Role: role('lambda'),
      Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'guard', Code: { ZipFile: 'exports.handler = async () => { throw new Error(); };' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', DependsOn: 'Function', Properties: { Name: 'a', ApiId: { Ref: 'Api' }, AuthorizerType: 'REQUEST', AuthorizerUri: uri, IdentitySource: ['route.request.header.Token'], ...authorizer } },
      ...integration('$connect', 'Connect'),
      ...integration('talk', 'Talk'),
      ...permissions,
    };
  };

  test('that lets nobody call it is named for each route and for the authorizer', async () => {
    const { findings } = await checked(guarded({}));
    const denied = { kind: 'denied', call: 'lambda:Invoke', role: undefined, statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION } };
    expect(findings).toEqual(['$connect, authorizer', '$connect', 'talk'].map(what => expect.objectContaining({ by: `Shop/Api, route ${what}`, ...denied })));
  });

  test('may let some of them call it', async () => {
    const by = async (permissions: object) => (await checked(guarded(permissions))).findings.map(finding => finding.by);
    expect(await by({ Permission: permission('/live/talk') })).toEqual(['Shop/Api, route $connect, authorizer', 'Shop/Api, route $connect']);
    expect(await by({ Permission: permission('/authorizers/*') })).toEqual(['Shop/Api, route $connect', 'Shop/Api, route talk']);
    expect(await by({ Permission: permission('/*') })).toEqual([]);
  });

  test('may be called with a role, which has to be allowed to', async () => {
    const { findings } = await checked(guarded({ Permission: permission('/live/*'), Caller: { ...role('apigateway'), Properties: { ...role('apigateway').Properties, RoleName: 'caller' } } }, { AuthorizerCredentialsArn: { 'Fn::GetAtt': ['Caller', 'Arn'] } }));
    expect(findings).toMatchObject([{ by: 'Shop/Api, route $connect, authorizer', kind: 'denied', call: 'lambda:Invoke', role: 'arn:aws:iam::000000000000:role/caller' }]);
  });
});

test('says so when only the message decides what is needed', async () => {
  const { findings } = await checked(api('{"TableName":$input.json(\'$..table\')}', role('apigateway', allow('dynamodb:*', ORDERS))));
  expect(findings).toMatchObject([{ kind: 'unknown', call: 'dynamodb:PutItem' }]);
});

test.each([
  ['JSONata', { QueryLanguage: 'JSONata', Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem', Arguments: "{% { 'TableName': 'Orders', 'Item': { 'pk': { 'S': $states.input.id } } } %}" }],
  ['JSONPath', { Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: { 'TableName': 'Orders', 'Item.$': '$.item' } }],
])('names what the role of a workflow lacks, in a state within a state (%s)', async (_, task) => {
  const { findings } = await checked(workflow(task, role('states')));
  expect(findings).toMatchObject([{ by: 'Workflow, state Work', kind: 'denied', call: 'dynamodb:PutItem', statement: allow('dynamodb:PutItem', ORDERS) }]);
  expect((await checked(workflow(task, role('states', allow('dynamodb:PutItem', ORDERS))))).findings).toEqual([]);
});

describe('what a workflow waits for', () => {
  const CHILD = 'arn:aws:states:us-east-1:000000000000:stateMachine:Child';
  const child = (resource: string) => ({
    ...workflow({ Resource: resource, Parameters: { 'StateMachineArn': CHILD, 'Input.$': '$' } }, role('states', allow('states:StartExecution', CHILD))),
    Child: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'Child', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}' } },
  });

  test.each(['sync', 'sync:2'])('needs more than the start of an execution: .%s', async pattern => {
    const resources = child(`arn:aws:states:::states:startExecution.${pattern}`);
    Object.assign(resources.Workflow.Properties, { StateMachineType: 'STANDARD' });
    const { findings } = await checked(resources);
    const executions = 'arn:aws:states:us-east-1:000000000000:execution:Child:*';
    expect(findings).toMatchObject(['states:DescribeExecution', 'states:StopExecution'].map(call => ({ by: 'Workflow, state Work', kind: 'denied', call, statement: allow(call, executions) })));
  });

  test.each([
    ['sqs:sendMessage.waitForTaskToken', { QueueUrl: 'http://localhost/000000000000/jobs', MessageBody: { 'token.$': '$$.Task.Token' } }, 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:jobs'],
    ['sns:publish', { 'TopicArn': 'arn:aws:sns:us-east-1:000000000000:news', 'Message.$': '$' }, 'sns:Publish', 'arn:aws:sns:us-east-1:000000000000:news'],
  ])('or calls: %s', async (resource, Parameters, call, arn) => {
    const resources = {
      ...workflow({ Resource: `arn:aws:states:::${resource}`, Parameters }, role('states')),
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
    };
    Object.assign(resources.Workflow.Properties, { StateMachineType: 'STANDARD' });
    expect((await checked(resources)).findings).toMatchObject([{ by: 'Workflow, state Work', kind: 'denied', call, statement: { Resource: arn } }]);
  });
});

test('makes none of the calls', async () => {
  const { findings } = await checked(workflow({ Resource: 'arn:aws:states:::aws-sdk:dynamodb:deleteTable', Parameters: { TableName: 'NoSuchTable' } }, role('states', allow('dynamodb:DeleteTable', '*'))));
  expect(findings).toEqual([]);
});

test('names an operation that nothing here answers', async () => {
  const { findings } = await checked(workflow({ Resource: 'arn:aws:states:::aws-sdk:dynamodb:restoreTableFromBackup', Parameters: {} }, role('states')));
  expect(findings).toMatchObject([{ kind: 'notEmulated', call: 'dynamodb:RestoreTableFromBackup', message: 'The local runtime does not emulate dynamodb:RestoreTableFromBackup.' }]);
});

test('goes on after what cannot be made, and names all of it', async () => {
  const { resources } = await checked({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::GetAtt': ['Alarm', 'Arn'] } } },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'x' } },
    Table: { ...TABLE, Properties: { ...TABLE.Properties, Colour: 'red' } },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: { 'Fn::Join': ['', ['for-', { Ref: 'Bucket' }]] } } },
  });
  expect(resources.map(({ type, status, reason }) => [type, status, reason])).toEqual(expect.arrayContaining([
    ['AWS::S3::Bucket', 'notEmulated', 'the local runtime does not emulate this type'],
    ['AWS::CloudWatch::Alarm', 'withoutEffect', undefined],
    ['AWS::DynamoDB::Table', 'notEmulated', 'the local runtime does not emulate the property Colour of AWS::DynamoDB::Table'],
    ['AWS::Events::EventBus', 'emulated', undefined],
  ]));
});
