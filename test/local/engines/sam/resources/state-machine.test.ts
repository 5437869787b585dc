import { refusal, transform, trusted } from '../helpers';

const machine = (properties: object, attributes: object = {}) => ({ Flow: { Type: 'AWS::Serverless::StateMachine', ...attributes, Properties: properties } });
const TAGS = [{ Key: 'stateMachine:createdBy', Value: 'SAM' }];

test('a definition becomes text, and what it computes goes in by substitution', () => {
  const { Flow } = transform(machine({
    Definition: {
      StartAt: 'Save',
      States: { Save: { Type: 'Task', Resource: { 'Fn::GetAtt': ['F', 'Arn'] }, Parameters: { b: ['x', { Ref: 'T' }], a: '{{resolve:ssm:/x}}' }, End: true } },
    },
    DefinitionSubstitutions: { Name: 'n' },
    Role: 'arn:aws:iam::1:role/x',
    Name: 'flow',
    Type: 'EXPRESS',
    Logging: { Level: 'ALL' },
    Tracing: { Enabled: true },
    Tags: { team: 'a' },
  }, { DependsOn: 'T', Condition: 'C', Metadata: { x: 1 } }));
  expect(JSON.parse(Flow.Properties.DefinitionString)).toEqual({
    StartAt: 'Save',
    States: { Save: { Type: 'Task', Resource: '${definition_substitution_3}', Parameters: { b: ['x', '${definition_substitution_2}'], a: '${definition_substitution_1}' }, End: true } },
  });
  expect(Flow).toEqual({
    Type: 'AWS::StepFunctions::StateMachine',
    DependsOn: 'T',
    Condition: 'C',
    Metadata: { x: 1 },
    Properties: {
      DefinitionString: expect.any(String),
      DefinitionSubstitutions: {
        Name: 'n', definition_substitution_1: '{{resolve:ssm:/x}}', definition_substitution_2: { Ref: 'T' }, definition_substitution_3: { 'Fn::GetAtt': ['F', 'Arn'] },
      },
      RoleArn: 'arn:aws:iam::1:role/x',
      StateMachineName: 'flow',
      StateMachineType: 'EXPRESS',
      LoggingConfiguration: { Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
      Tags: [...TAGS, { Key: 'team', Value: 'a' }],
    },
  });
});

test('a state machine without a role is given one, which inherits its condition', () => {
  const resources = transform(machine({
    DefinitionUri: 'flow.asl.json',
    Policies: [{ DynamoDBWritePolicy: { TableName: { Ref: 'T' } } }, 'AWSLambdaRole', { Statement: [{ Effect: 'Allow', Action: 'a:b', Resource: '*' }] }],
    Tracing: { Enabled: true },
    RolePath: '/x/',
  }, { Condition: 'C', DependsOn: 'T' }));
  expect(resources.Flow.Properties).toEqual({ DefinitionS3Location: 'flow.asl.json', RoleArn: { 'Fn::GetAtt': ['FlowRole', 'Arn'] }, TracingConfiguration: { Enabled: true }, Tags: TAGS });
  expect(resources.FlowRole).toEqual({
    Type: 'AWS::IAM::Role',
    Condition: 'C',
    Properties: {
      AssumeRolePolicyDocument: trusted('states.amazonaws.com'),
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSXrayWriteOnlyAccess' }, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaRole' }],
      Policies: [
        { PolicyName: 'FlowRolePolicy0', PolicyDocument: { Statement: [expect.objectContaining({ Action: expect.arrayContaining(['dynamodb:PutItem', 'dynamodb:UpdateItem']) })] } },
        { PolicyName: 'FlowRolePolicy2', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'a:b', Resource: '*' }] } },
      ],
      Path: '/x/',
      Tags: TAGS,
    },
  });
});

test.each<[unknown, unknown]>([
  ['s3://bucket/a/b.json', { Bucket: 'bucket', Key: 'a/b.json' }],
  ['s3://bucket/a?versionId=7', { Bucket: 'bucket', Key: 'a', Version: '7' }],
  [{ Bucket: 'b', Key: { Ref: 'K' } }, { Bucket: 'b', Key: { Ref: 'K' } }],
  ['./flow.asl.yaml', './flow.asl.yaml'],
])('the definition may be at %j', (uri, location) => {
  expect(transform(machine({ DefinitionUri: uri })).Flow.Properties.DefinitionS3Location).toEqual(location);
});

test.each<[string, object, string]>([
  ['no definition', {}, "Either 'Definition' or 'DefinitionUri' property must be specified."],
  ['two definitions', { Definition: {}, DefinitionUri: 'x' }, "Specify either 'Definition' or 'DefinitionUri' property and not both."],
  ['role and policies', { Definition: {}, Role: 'x', Policies: [] }, "Specify either 'Role' or 'Policies' (but not both at the same time) or neither of them"],
  ['a definition that is text', { Definition: '{}' }, "Type of property 'Definition' is invalid."],
  ['half an object', { DefinitionUri: { Bucket: 'b' } }, "'DefinitionUri' requires Bucket and Key properties to be specified."],
  ['a misspelt property', { Definition: {}, Rolle: 'x' }, 'property Rolle not defined for resource of type AWS::Serverless::StateMachine'],
  ['an alias', { Definition: {}, AutoPublishAlias: 'live' }, 'the local runtime does not emulate the property AutoPublishAlias of AWS::Serverless::StateMachine'],
])('%s is refused', (_, properties, message) => {
  expect(refusal(machine(properties))).toMatchObject({ message, logicalId: 'Flow' });
});
