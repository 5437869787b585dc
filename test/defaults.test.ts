import { ofType, Resource, resourcesOf } from './support/resources';
import { specimens } from './support/specimens';

/** What docs/going-to-production.md says is there without asking, held against every construct and every example. */
const stacks = [...specimens()].map(([name, stack]) => [name, stack.stackName, resourcesOf(stack)] as const);

/** What AWS allows on nothing but `*`. */
const WITHOUT_RESOURCE = /^(events:TestEventPattern|dynamodb:ListStreams|logs:(CreateLogDelivery|GetLogDelivery|UpdateLogDelivery|DeleteLogDelivery|ListLogDeliveries|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups))$/;

/** What the CDK gives a function of the author's, and what API Gateway needs to write logs. */
const MANAGED_POLICIES = /:policy\/service-role\/(AWSLambdaBasicExecutionRole|AmazonAPIGatewayPushToCloudWatchLogs)$/;

/** What anybody on the internet may reach. */
const ENDPOINTS = /^AWS::(ApiGatewayV2::Api|ApiGateway::RestApi|Lambda::Url|S3::Bucket|CloudFront::.*|ElasticLoadBalancing.*|AppSync::GraphQLApi|AppRunner::.*|IoT::.*)$/;

/** Names that are one's own in an account, or in the world. */
const NAMES = ['TableName', 'QueueName', 'RoleName', 'StateMachineName', 'LogGroupName', 'FunctionName', 'TopicName', 'AlarmName', 'DashboardName', 'ManagedPolicyName', 'BucketName'];

/** Types that cannot do without a name, or are only told apart by one. */
const NAMED_BY_PATH = /^AWS::(Events::(EventBus|Connection|ApiDestination|Rule|Archive)|Pipes::Pipe|Scheduler::Schedule|ApiGateway::(ApiKey|UsagePlan))$/;

const textOf = (value: any): string => typeof value === 'string' ? value : JSON.stringify(value);

function statementsOf({ Properties }: Resource): any[] {
  const documents = [Properties.PolicyDocument, ...(Properties.Policies ?? []).map(({ PolicyDocument: document }: any) => document)].filter(Boolean);
  return documents.flatMap(({ Statement: statements }) => statements);
}

test('there is something to look at', () => {
  const types = new Set(stacks.flatMap(([, , resources]) => Object.values(resources).map(({ Type }) => Type)));
  for (const type of ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::ApiGatewayV2::Stage', 'AWS::Pipes::Pipe', 'AWS::Events::ApiDestination', 'AWS::Logs::LogGroup', 'AWS::IAM::Policy']) {
    expect(types).toContain(type);
  }
});

describe.each(stacks)('%s', (name, stackName, resources) => {
  const all = (type: string) => ofType(resources, type).map(([, resource]) => resource);

  test('everything is encrypted at rest, and rows expire', () => {
    for (const { Properties } of all('AWS::DynamoDB::Table')) {
      expect(Properties.SSESpecification?.SSEEnabled ?? true).toBe(true);
      expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
    }
    for (const { Properties } of all('AWS::SQS::Queue')) {
      expect(Properties.SqsManagedSseEnabled === true || Properties.KmsMasterKeyId !== undefined).toBe(true);
    }
  });

  test('roles are exact', () => {
    const roles = [...all('AWS::IAM::Role'), ...all('AWS::IAM::Policy'), ...all('AWS::IAM::ManagedPolicy')];
    for (const statement of roles.flatMap(statementsOf)) {
      const actions = [statement.Action].flat();
      expect(actions.filter(action => action.includes('*'))).toEqual([]);
      expect([statement.NotAction, statement.NotResource]).toEqual([undefined, undefined]);
      if ([statement.Resource].flat().includes('*')) {
        expect(actions.filter(action => !WITHOUT_RESOURCE.test(action))).toEqual([]);
      }
    }
    const managed = all('AWS::IAM::Role').flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? []).map((arn: any) => arn['Fn::Join']?.[1].at(-1) ?? arn);
    expect(managed.filter(arn => !MANAGED_POLICIES.test(arn))).toEqual([]);
    for (const { Principal: principal } of all('AWS::IAM::Role').map(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement[0])) {
      expect(Object.keys(principal)).toEqual(['Service']);
    }
  });

  test('no resource of it is for everybody', () => {
    const policies = Object.values(resources).filter(({ Type }) => /(Queue|Topic|Bucket|EventBus)(Inline)?Policy$/.test(Type)).flatMap(statementsOf);
    for (const { Effect: effect, Principal: principal, Condition: condition } of policies) {
      expect(effect === 'Deny' || (principal?.Service !== undefined && condition !== undefined)).toBe(true);
    }
  });

  test('nothing can be reached from outside but its sockets, and the callbacks of a relay', () => {
    const endpoints = Object.entries(resources).filter(([, { Type }]) => ENDPOINTS.test(Type));
    const reachable = endpoints.map(([id, { Type, Properties }]) => [id, Properties.ProtocolType ?? Type]);
    const others = reachable.filter(([, protocol]) => protocol !== 'WEBSOCKET');
    expect(others).toEqual(name === 'examples/webhook' ? [[expect.stringMatching(/^RelayCallbacksApi/), 'HTTP']] : []);
    expect(reachable.length).toBeGreaterThan(others.length);
  });

  test('every stage has a throttle', () => {
    for (const { Properties } of all('AWS::ApiGatewayV2::Stage')) {
      expect(Properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: expect.any(Number), ThrottlingBurstLimit: expect.any(Number) });
    }
  });

  test('logs hold nothing of messages', () => {
    for (const { Properties } of all('AWS::StepFunctions::StateMachine')) {
      expect(Properties.LoggingConfiguration?.IncludeExecutionData ?? false).toBe(false);
    }
    for (const { Properties } of all('AWS::ApiGatewayV2::Stage')) {
      const { DefaultRouteSettings: usual, RouteSettings: single = {}, AccessLogSettings: access } = Properties;
      expect([usual, ...Object.values<any>(single)].filter(settings => settings?.DataTraceEnabled)).toEqual([]);
      expect(access?.Format ?? '').not.toMatch(/body|payload|authorizer|header|queryst/i);
    }
  });

  test('what goes with the stack is of no use without it; logs stay, unless their author says otherwise', () => {
    for (const { Properties, DeletionPolicy: deletion, UpdateReplacePolicy: replacement } of all('AWS::DynamoDB::Table')) {
      const isOurs = ['pk', 'tokenDigest'].includes(Properties.KeySchema[0].AttributeName);
      expect([deletion, replacement]).toEqual(isOurs ? ['Delete', 'Delete'] : ['Retain', 'Retain']);
    }
    for (const [id, { DeletionPolicy: deletion }] of ofType(resources, 'AWS::Logs::LogGroup')) {
      expect([id, deletion]).toEqual([id, name === 'examples/echo' && id.startsWith('AccessLog') ? 'Delete' : 'Retain']);
    }
  });

  test('no name is in the way of a second deployment', () => {
    for (const [id, { Type, Properties = {} }] of Object.entries(resources)) {
      expect([id, NAMES.filter(each => typeof Properties[each] === 'string')]).toEqual([id, []]);
      if (NAMED_BY_PATH.test(Type) && Properties.Name !== undefined) {
        expect(textOf(Properties.Name)).toContain(stackName);
      }
    }
  });
});
