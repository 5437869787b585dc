/** The application under measurement, as a cloud assembly: connections are rows; messages are echoed, or stored. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory.mjs';

const ECHO_REQUEST = `#set($message = $input.path('$'))
{"statusCode":200,"id":"$message.id","pad":"$util.escapeJavaScript($message.pad)","time":$context.requestTimeEpoch}`;
const ECHO_RESPONSE = `{"id":"$input.path('$.id')","pad":"$input.path('$.pad')","connectionId":"$context.connectionId","time":$input.path('$.time')}`;
const CONNECT_REQUEST = '{"TableName":"${Table}","Item":{"pk":{"S":"CONNECTION|$context.connectionId"},"sk":{"S":"-"},"connectedAt":{"N":"$context.connectedAt"},"ttl":{"N":"1999999999"}}}';
const DISCONNECT_REQUEST = '{"TableName":"${Table}","Key":{"pk":{"S":"CONNECTION|$context.connectionId"},"sk":{"S":"-"}}}';
const STORE_REQUEST = `#set($message = $input.path('$'))
{"TableName":"\${Table}","Item":{"pk":{"S":"CONNECTION|$context.connectionId"},"sk":{"S":"MESSAGE"},"at":{"N":"$context.requestTimeEpoch"},
"id":{"S":"$message.id"},"text":{"S":"$util.escapeJavaScript($message.pad)"}}}`;
const STORE_RESPONSE = '{"stored":"$context.requestId"}';

const TABLE = 'bench';
const ref = logicalId => ({ Ref: logicalId });

function route(name, key, integration, response) {
  const api = { ApiId: ref('Api') };
  return {
    [`${name}Integration`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { ...api, TemplateSelectionExpression: '\\$default', PassthroughBehavior: 'NEVER', ...integration },
    },
    [`${name}IntegrationResponse`]: {
      Type: 'AWS::ApiGatewayV2::IntegrationResponse',
      Properties: { ...api, IntegrationId: ref(`${name}Integration`), IntegrationResponseKey: '$default', TemplateSelectionExpression: '\\$default', ...response },
    },
    [`${name}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ...api, RouteKey: key, RouteResponseSelectionExpression: '$default', Target: { 'Fn::Join': ['/', ['integrations', ref(`${name}Integration`)]] } },
    },
    [`${name}RouteResponse`]: {
      Type: 'AWS::ApiGatewayV2::RouteResponse',
      Properties: { ...api, RouteId: ref(`${name}Route`), RouteResponseKey: '$default' },
    },
  };
}

const mock = template => ({ IntegrationType: 'MOCK', RequestTemplates: { $default: template } });
const dynamodb = (action, template) => ({
  IntegrationType: 'AWS',
  IntegrationMethod: 'POST',
  IntegrationUri: { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:dynamodb:action/${action}` },
  CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
  RequestTemplates: { $default: template.replace('${Table}', TABLE) },
});
const answer = template => ({ ResponseTemplates: { $default: template } });

const TEMPLATE = {
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        Policies: [{
          PolicyName: 'table',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem'], Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } }] },
        }],
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'bench', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      // More than any machine sends: what is measured is not the throttle.
      Properties: { ApiId: ref('Api'), StageName: 'live', AutoDeploy: true, DefaultRouteSettings: { ThrottlingBurstLimit: 1e6, ThrottlingRateLimit: 1e6 } },
    },
    ...route('Connect', '$connect', dynamodb('PutItem', CONNECT_REQUEST), {}),
    ...route('Disconnect', '$disconnect', dynamodb('DeleteItem', DISCONNECT_REQUEST), {}),
    ...route('Echo', 'echo', mock(ECHO_REQUEST), answer(ECHO_RESPONSE)),
    ...route('Store', 'store', dynamodb('PutItem', STORE_REQUEST), answer(STORE_RESPONSE)),
  },
};

/** Writes the assembly to a directory of its own. */
export function writeAssembly() {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'Bench.template.json'), JSON.stringify(TEMPLATE));
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({
    version: '44.0.0',
    artifacts: { Bench: { type: 'aws:cloudformation:stack', environment: 'aws://123456789012/eu-west-1', properties: { templateFile: 'Bench.template.json' } } },
  }));
  return directory;
}
