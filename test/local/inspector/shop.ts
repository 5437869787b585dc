import { StackTemplate } from '../../../local/kernel/template';

const ref = (logicalId: string) => ({ Ref: logicalId });
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

function role(service: string, statements: object[]) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
      Policies: [{ PolicyName: 'Policy', PolicyDocument: { Version: '2012-10-17', Statement: statements.map(statement => ({ Effect: 'Allow', ...statement })) } }],
    },
  };
}

const DEFINITION = {
  QueryLanguage: 'JSONata',
  StartAt: 'Push',
  States: {
    Push: {
      Type: 'Task',
      Resource: 'arn:aws:states:::apigateway:invoke',
      Arguments: {
        ApiEndpoint: '${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}',
        Method: 'POST',
        Path: '{% "/@connections/" & $states.input.detail.dynamodb.NewImage.pk.S %}',
        Stage: 'live',
        RequestBody: '{% $states.input.detail.dynamodb.NewImage.text.S %}',
        AuthType: 'IAM_ROLE',
      },
      End: true,
    },
  },
};

/** A message becomes an item, the item an event, the event a message to the client: every kind of hop there is. `denied` does what its role may not. */
export const SHOP: StackTemplate = {
  name: 'Shop',
  id: 'Shop',
  constructPath: 'Shop',
  templateFile: 'template.json',
  directory: __dirname,
  parameters: {},
  dependencies: [],
  constructPaths: new Map([['GatewayRole', 'Shop/Api/Role/Resource'], ['Workflow', 'Shop/Notify/Resource'], ['Table', 'Shop/Orders/Resource']]),
  template: {
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        },
      },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Api'), StageName: 'live', AutoDeploy: true } },
      GatewayRole: role('apigateway.amazonaws.com', [{ Action: 'dynamodb:PutItem', Resource: arn('Table') }]),
      ...route('save', 'PutItem', '{"TableName":"${Table}","Item":{"pk":{"S":"$context.connectionId"},"text":{"S":"$util.escapeJavaScript($input.path(\'$.text\'))"}}}'),
      ...route('denied', 'DeleteItem', '{"TableName":"${Table}","Key":{"pk":{"S":"x"}}}'),
      PipeRole: role('pipes.amazonaws.com', [
        { Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], Resource: '*' }, { Action: 'events:PutEvents', Resource: arn('Bus') },
      ]),
      Pipe: {
        Type: 'AWS::Pipes::Pipe',
        Properties: {
          RoleArn: arn('PipeRole'),
          Source: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
          SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'TRIM_HORIZON' } },
          Target: arn('Bus'),
          TargetParameters: { EventBridgeEventBusParameters: { Source: 'orders', DetailType: 'Saved' } },
        },
      },
      RuleRole: role('events.amazonaws.com', [{ Action: 'states:StartExecution', Resource: ref('Workflow') }]),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { EventBusName: ref('Bus'), EventPattern: { 'source': ['orders'], 'detail-type': ['Saved'] }, Targets: [{ Id: 'Workflow', Arn: ref('Workflow'), RoleArn: arn('RuleRole') }] },
      },
      WorkflowRole: role('states.amazonaws.com', [{ Action: 'execute-api:ManageConnections', Resource: '*' }]),
      Workflow: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { RoleArn: arn('WorkflowRole'), StateMachineType: 'EXPRESS', DefinitionString: { 'Fn::Sub': JSON.stringify(DEFINITION) } },
      },
    },
  },
};

function route(key: string, action: string, requestTemplate: string) {
  return {
    [`${key}Integration`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS',
        IntegrationMethod: 'POST',
        IntegrationUri: { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:dynamodb:action/${action}` },
        CredentialsArn: arn('GatewayRole'),
        TemplateSelectionExpression: '\\$default',
        RequestTemplates: { $default: { 'Fn::Sub': requestTemplate } },
      },
    },
    [`${key}Response`]: {
      Type: 'AWS::ApiGatewayV2::IntegrationResponse',
      Properties: {
        ApiId: ref('Api'),
        IntegrationId: ref(`${key}Integration`),
        IntegrationResponseKey: '$default',
        TemplateSelectionExpression: '\\$default',
        ResponseTemplates: { $default: '{"type":"answer","requestId":"$context.requestId"}' },
      },
    },
    [`${key}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), RouteKey: key, Target: { 'Fn::Join': ['/', ['integrations', ref(`${key}Integration`)]] } },
    },
    [`${key}RouteResponse`]: { Type: 'AWS::ApiGatewayV2::RouteResponse', Properties: { ApiId: ref('Api'), RouteId: ref(`${key}Route`), RouteResponseKey: '$default' } },
  };
}
