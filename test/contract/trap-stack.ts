import { WebSocketClient } from '../../integ/websocket-client';
import { TraceEntry } from '../../local/kernel/contracts';
import { Runtime, startRuntime } from '../../local/main';
import { stackOf } from '../local/kernel/template/helpers';
import { FakeClock } from '../support/fake-clock';
import { eventually } from '../support/test-kernel';

const DEFAULT_TEMPLATE = '\\$default';

/** What tells a client the answer of an integration: templates by the keys of integration responses; undefined passes the answer on as it came. */
type Responses = Record<string, string | undefined>;

type State = Readonly<Record<string, unknown>> & { readonly Type: string };

/** A template with a WebSocket API, as people write them by hand; a test adds what it is about, and runs it. */
export class TrapStack {
  readonly clock = new FakeClock();
  readonly entries: TraceEntry[] = [];
  private runtime?: Runtime;
  private readonly outputs = { Url: { Value: { 'Fn::Sub': 'wss://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live' } } };
  private readonly resources: Record<string, object> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'live', AutoDeploy: true } },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: ['apigateway.amazonaws.com', 'states.amazonaws.com'] }, Action: 'sts:AssumeRole' }] },
        Policies: [{ PolicyName: 'All', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
      },
    },
  };

  /**
   * Adds a route that calls an action such as `dynamodb:PutItem` with a template, in which `${Name}` is a resource. Without responses it answers
   * nothing.
   */
  route(key: string, action: string, requestTemplate: string, responses: Responses = {}, integration: object = {}): void {
    const name = key.replace(/\W/g, '');
    const [service, operation] = action.split(':');
    const ApiId = { Ref: 'Api' };
    const IntegrationId = { Ref: `${name}Integration` };
    this.resources[`${name}Integration`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId,
        IntegrationType: 'AWS',
        IntegrationMethod: 'POST',
        IntegrationUri: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:${service}:action/${operation}` },
        CredentialsArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        PassthroughBehavior: 'NEVER',
        TemplateSelectionExpression: DEFAULT_TEMPLATE,
        RequestTemplates: { $default: { 'Fn::Sub': requestTemplate } },
        ...integration,
      },
    };
    this.resources[`${name}Route`] = {
      Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId, RouteKey: key, Target: { 'Fn::Sub': `integrations/\${${name}Integration}` } },
    };
    Object.entries(responses).forEach(([IntegrationResponseKey, template], index) => {
      this.resources[`${name}Response${index}`] = {
        Type: 'AWS::ApiGatewayV2::IntegrationResponse',
        Properties: {
          ApiId,
          IntegrationId,
          IntegrationResponseKey,
          TemplateSelectionExpression: DEFAULT_TEMPLATE,
          ...(template !== undefined && { ResponseTemplates: { $default: template } }),
        },
      };
      this.resources[`${name}RouteResponse`] = {
        Type: 'AWS::ApiGatewayV2::RouteResponse', Properties: { ApiId, RouteId: { Ref: `${name}Route` }, RouteResponseKey: '$default' },
      };
    });
  }

  /** Adds a state machine of the given states, which run one after the other; `${Name}` in them is a resource. */
  machine(states: Record<string, State>, type = 'EXPRESS'): void {
    const names = Object.keys(states);
    const next = (index: number) => index + 1 < names.length ? { Next: names[index + 1] } : { End: true };
    const chained = names.map((name, index) => [name, { ...states[name], ...(states[name].Type !== 'Fail' && next(index)) }]);
    const definition = { StartAt: names[0], States: Object.fromEntries(chained) };
    this.resources.Machine = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { StateMachineType: type, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: { 'Fn::Sub': JSON.stringify(definition) } },
    };
  }

  async connect(headers: Record<string, string> = {}): Promise<WebSocketClient> {
    this.runtime ??= await startRuntime({
      stacks: [stackOf({ Resources: this.resources, Outputs: this.outputs })],
      port: 0,
      clock: this.clock,
      watch: trace => trace.subscribe(entry => this.entries.push(entry)),
    });
    return WebSocketClient.connect(this.runtime.stacks[0].outputs.Url, headers);
  }

  /** The execution that ends next, or has ended and was not asked for yet. */
  async execution(): Promise<Extract<TraceEntry, { kind: 'execution' }>> {
    const found = await eventually(() => this.entries.find(entry => entry.kind === 'execution'));
    this.entries.splice(this.entries.indexOf(found), 1);
    return found as Extract<TraceEntry, { kind: 'execution' }>;
  }

  async stop(): Promise<void> {
    await this.runtime?.stop();
  }
}

/** A request template that starts the machine with an input. */
export const startMachine = (input: string) => `{"stateMachineArn":"\${Machine}","input":"${input.replace(/"/g, '\\"')}"}`;

/** A state that posts to the connection that the input names. */
export const post = (RequestBody: unknown, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::apigateway:invoke',
  Parameters: {
    'ApiEndpoint': '${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}',
    'Method': 'POST',
    'Stage': 'live',
    'Path.$': "States.Format('/@connections/{}', $.connectionId)",
    RequestBody,
    'AuthType': 'IAM_ROLE',
    ...more,
  },
  ResultPath: null,
});
