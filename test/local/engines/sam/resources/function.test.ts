import { refusal, transform, trusted } from '../helpers';

const BASE = { Runtime: 'nodejs22.x', Handler: 'index.handler', InlineCode: 'exports.handler = 1' };
const fn = (properties: object, attributes: object = {}) => ({ F: { Type: 'AWS::Serverless::Function', ...attributes, Properties: properties } });
const managed = (path: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${path}` });

test('a function is given a role that may write its logs', () => {
  const tags = [{ Key: 'lambda:createdBy', Value: 'SAM' }];
  expect(transform(fn(BASE))).toEqual({
    F: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { ZipFile: 'exports.handler = 1' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: { 'Fn::GetAtt': ['FRole', 'Arn'] }, Tags: tags },
    },
    FRole: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trusted('lambda.amazonaws.com'), ManagedPolicyArns: [managed('service-role/AWSLambdaBasicExecutionRole')], Tags: tags },
    },
  });
});

test('what it does besides adds to its role', () => {
  const { F, FRole } = transform(fn({
    ...BASE,
    Tracing: 'Active',
    VpcConfig: { SubnetIds: [] },
    DeadLetterQueue: { Type: 'SNS', TargetArn: 'arn:t' },
    Policies: 'AWSLambdaBasicExecutionRole',
    Events: { Poll: { Type: 'SQS', Properties: { Queue: 'arn:q' } }, Again: { Type: 'SQS', Properties: { Queue: 'arn:r' } } },
  }));
  expect(F.Properties).toMatchObject({ TracingConfig: { Mode: 'Active' }, DeadLetterConfig: { TargetArn: 'arn:t' }, VpcConfig: { SubnetIds: [] } });
  expect(FRole.Properties.ManagedPolicyArns).toEqual([
    'service-role/AWSLambdaBasicExecutionRole', 'AWSXrayWriteOnlyAccess', 'service-role/AWSLambdaVPCAccessExecutionRole', 'service-role/AWSLambdaSQSQueueExecutionRole',
  ].map(managed));
  expect(FRole.Properties.Policies).toEqual([
    { PolicyName: 'DeadLetterQueuePolicy', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn:t' }] } },
  ]);
});

test('tracing that a parameter disables is none', () => {
  const { F, FRole } = transform(fn({ ...BASE, Tracing: { Ref: 'Mode' } }), {}, { Mode: 'Disabled' });
  expect(F.Properties).not.toHaveProperty('TracingConfig');
  expect(FRole.Properties.ManagedPolicyArns).toHaveLength(1);
});

test('a function with a role is given none', () => {
  const resources = transform(fn({ ...BASE, Role: { 'Fn::GetAtt': ['R', 'Arn'] } }));
  expect(Object.keys(resources)).toEqual(['F']);
  expect(resources.F.Properties.Role).toEqual({ 'Fn::GetAtt': ['R', 'Arn'] });
});

test.each<[object, unknown]>([
  [{ CodeUri: 'src/' }, 'src/'],
  [{ CodeUri: 's3://b/k?versionId=1' }, { S3Bucket: 'b', S3Key: 'k', S3ObjectVersion: '1' }],
  [{ CodeUri: { Bucket: 'b', Key: 'k' } }, { S3Bucket: 'b', S3Key: 'k' }],
])('the code may be at %j', (properties, code) => {
  expect(transform(fn({ Runtime: 'r', Handler: 'h', ...properties })).F.Properties.Code).toEqual(code);
});

test.each<[string, object, string]>([
  ['no code', { Runtime: 'r', Handler: 'h' }, "Only one of 'InlineCode' or 'CodeUri' can be set."],
  ['no handler', { Runtime: 'r', InlineCode: 'x' }, 'Runtime and Handler needs to be present when PackageType is of type `Zip`'],
  ['an image without its name', { PackageType: 'Image' }, "'ImageUri' must be set."],
  ['a queue without its type', { ...BASE, DeadLetterQueue: { TargetArn: 'x' } }, "'DeadLetterQueue' requires Type and TargetArn properties to be specified."],
  ['a URL of its own', { ...BASE, FunctionUrlConfig: {} }, 'the local runtime does not emulate the property FunctionUrlConfig of AWS::Serverless::Function'],
  ['a role that may not be', { ...BASE, Role: { 'Fn::If': ['C', 'arn', { Ref: 'AWS::NoValue' }] } }, 'the local runtime does not emulate a Role that there may or may not be'],
  ['an event of a REST API', { ...BASE, Events: { Get: { Type: 'Api' } } }, 'the local runtime does not emulate an event of type Api of a function'],
  ['an event that is none', { ...BASE, Events: { Get: 'x' } }, 'the local runtime does not emulate an event of type undefined of a function'],
])('%s is refused', (_, properties, message) => {
  expect(refusal(fn(properties))).toMatchObject({ message, logicalId: 'F' });
});
