import aslValidator from 'asl-validator';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Admission, EventMessage, EventSocket, EventSocketProps, SubscriptionConstraint } from '../src';

function synthesize(props?: EventSocketProps | ((stack: Stack) => EventSocketProps)) {
  const stack = new Stack(new App(), 'Stack');
  const socket = new EventSocket(stack, 'Socket', typeof props === 'function' ? props(stack) : props);
  return { stack, socket, template: Template.fromStack(stack) };
}

/** The definitions of the state machines, with a name in the place of each reference. */
function definitions(template: Template): any[] {
  return Object.values(template.findResources('AWS::StepFunctions::StateMachine')).map(({ Properties: { DefinitionString: text, DefinitionSubstitutions: substitutions } }) => {
    const used = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(substitutions).sort());
    return JSON.parse(text.replace(/\$\{Partition\}/g, 'aws').replace(/\$\{(\w+)\}/g, 'reference'));
  });
}

function statementsOf(template: Template, rolePrefix: string): any[] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(policy => policy.Properties.Roles[0].Ref.startsWith(rolePrefix))
    .flatMap(policy => policy.Properties.PolicyDocument.Statement);
}

const tableArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^SocketTable'), 'Arn'] };

describe('EventSocket', () => {
  describe('with defaults', () => {
    const { template, stack, socket } = synthesize();

    test('needs no Lambda function', () => {
      template.resourceCountIs('AWS::Lambda::Function', 0);
      expect(JSON.stringify(template)).not.toMatch(/lambda/i);
    });

    test('opens no other door: no endpoint that tests patterns for everybody', () => {
      const types = new Set(Object.values(template.toJSON().Resources).map((resource: any) => resource.Type));
      expect([...types].filter(type => /ApiGateway|FunctionUrl|LoadBalanc|CloudFront|AppSync/.test(type)).sort()).toEqual([
        'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::IntegrationResponse', 'AWS::ApiGatewayV2::Model', 'AWS::ApiGatewayV2::Route', 'AWS::ApiGatewayV2::RouteResponse', 'AWS::ApiGatewayV2::Stage',
      ]);
      template.resourcePropertiesCountIs('AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }, 1);
      expect(Object.values(template.findResources('AWS::ApiGatewayV2::Integration')).filter(({ Properties }) => JSON.stringify(Properties).includes('TestEventPattern'))).toEqual([]);
    });

    test('has no more resources than it must', () => {
      expect(Object.keys(template.toJSON().Resources).length).toBeLessThanOrEqual(35);
    });

    test('keeps the ids of what must not be replaced', () => {
      const ids = (type: string) => Object.keys(template.findResources(type));
      expect(ids('AWS::ApiGatewayV2::Api')).toEqual(['SocketApiF12253BF']);
      expect(ids('AWS::ApiGatewayV2::Stage')).toEqual(['SocketStage04D5B438']);
      expect(ids('AWS::DynamoDB::Table')).toEqual(['SocketTable2FA8A886']);
      expect(ids('AWS::Events::EventBus')).toEqual(['SocketEventBus4DE2F875']);
    });

    test('deploys itself on the stage live', () => {
      template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: 'live', AutoDeploy: true, DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 } });
      expect(stack.resolve(socket.url)).toEqual({
        'Fn::Join': ['', ['wss://', { Ref: 'SocketApiF12253BF' }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/live']],
      });
    });

    test('hands every event of a bus of its own to the delivery workflow', () => {
      template.hasResourceProperties('AWS::Events::Rule', {
        EventBusName: { Ref: 'SocketEventBus4DE2F875' },
        EventPattern: { version: ['0'] },
        Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^SocketDeliveryWorkflow') } })],
      });
    });

    test.each(['$connect', '$default'])('the route %s has everything that it needs to answer', routeKey => {
      const [[routeId, route]] = Object.entries(template.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: routeKey } }));
      expect(route.Properties).toMatchObject({ RouteResponseSelectionExpression: '$default', AuthorizationType: 'NONE' });
      template.hasResourceProperties('AWS::ApiGatewayV2::RouteResponse', { RouteId: { Ref: routeId }, RouteResponseKey: '$default' });

      const integrationId = route.Properties.Target['Fn::Join'][1][1].Ref;
      const integration = template.findResources('AWS::ApiGatewayV2::Integration')[integrationId].Properties;
      expect(integration).toMatchObject({ IntegrationType: 'AWS', IntegrationMethod: 'POST', PassthroughBehavior: 'NEVER', TemplateSelectionExpression: '\\$default' });
      expect(Object.keys(integration.RequestTemplates)).toEqual(['$default']);
      template.hasResourceProperties('AWS::ApiGatewayV2::IntegrationResponse', { IntegrationId: { Ref: integrationId }, TemplateSelectionExpression: '\\$default' });
    });

    test('a ping is answered without a call', () => {
      const [[routeId, route]] = Object.entries(template.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: 'ping' } }));
      template.hasResourceProperties('AWS::ApiGatewayV2::RouteResponse', { RouteId: { Ref: routeId }, RouteResponseKey: '$default' });
      const integrationId = route.Properties.Target['Fn::Join'][1][1].Ref;
      expect(template.findResources('AWS::ApiGatewayV2::Integration')[integrationId].Properties)
        .toMatchObject({ IntegrationType: 'MOCK', TemplateSelectionExpression: '\\$default', RequestTemplates: { $default: '{"statusCode":200}' } });
      template.hasResourceProperties('AWS::ApiGatewayV2::IntegrationResponse', {
        IntegrationId: { Ref: integrationId },
        IntegrationResponseKey: '/200/',
        TemplateSelectionExpression: '\\$default',
        ResponseTemplates: { $default: '{"type":"pong","requestId":"$context.requestId"}' },
      });
    });

    test('a failed write refuses the connection: no response stands for failures on $connect', () => {
      const responses = Object.entries(template.findResources('AWS::ApiGatewayV2::IntegrationResponse')).filter(([id]) => id.includes('PutConnection'));
      expect(responses.map(([, response]) => response.Properties.IntegrationResponseKey)).toEqual(['/2\\d\\d/']);
    });

    test('rows expire in seconds, not in milliseconds', () => {
      template.hasResourceProperties('AWS::DynamoDB::Table', { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } });
      const [integration] = Object.values(template.findResources('AWS::ApiGatewayV2::Integration')).filter(({ Properties }) => JSON.stringify(Properties).includes('PutItem'));
      expect(JSON.stringify(integration)).toContain('#set($in7500Seconds = $context.requestTimeEpoch / 1000 + 7500)');
    });

    test('the API may put and delete its rows and start the subscription workflow, and nothing else', () => {
      expect(statementsOf(template, 'SocketApiIntegrationRole')).toEqual([
        { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: { 'Fn::GetAtt': ['SocketTable2FA8A886', 'Arn'] } },
        { Effect: 'Allow', Action: 'dynamodb:DeleteItem', Resource: { 'Fn::GetAtt': ['SocketTable2FA8A886', 'Arn'] } },
        { Effect: 'Allow', Action: 'states:StartSyncExecution', Resource: { Ref: 'SocketSubscriptionWorkflowBD1DB9D3' } },
      ]);
    });

    test('the delivery workflow may read subscriptions, forget them, and post to connections of its stage', () => {
      template.hasResourceProperties('AWS::IAM::Policy', {
        Roles: [{ Ref: Match.stringLikeRegexp('^SocketDeliveryWorkflowRole') }],
        PolicyDocument: {
          Statement: Match.arrayWith([
            { Effect: 'Allow', Action: ['dynamodb:Query', 'dynamodb:DeleteItem'], Resource: tableArn },
            { Effect: 'Allow', Action: 'events:TestEventPattern', Resource: '*' },
            {
              Effect: 'Allow',
              Action: 'execute-api:ManageConnections',
              Resource: {
                'Fn::Join': ['', [
                  'arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: 'SocketApiF12253BF' },
                  '/live/POST/@connections/*',
                ]],
              },
            },
          ]),
        },
      });
    });

    test('no policy has a wildcard action, nor a wildcard resource where AWS allows another', () => {
      const statements = ['Socket'].flatMap(prefix => statementsOf(template, prefix));
      const actions = statements.flatMap(statement => statement.Action);
      expect(actions.filter((action: string) => action.includes('*'))).toEqual([]);
      const onEverything = statements.filter(statement => statement.Resource === '*').flatMap(statement => statement.Action);
      expect(onEverything.filter((action: string) => !/^logs:|^events:TestEventPattern$/.test(action))).toEqual([]);
    });

    test('the workflows are valid Amazon States Language', () => {
      const found = definitions(template);
      expect(found).toHaveLength(2);
      for (const definition of found) {
        const result = aslValidator(definition);
        expect(result.isValid ? '' : result.errorsText()).toBe('');
      }
    });

    test('raises no warning', () => {
      expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    });
  });

  test('takes a bus, a pattern, a stage name and a throttle', () => {
    const { template } = synthesize(stack => ({
      eventBus: EventBus.fromEventBusName(stack, 'Bus', 'orders'),
      eventPattern: { source: ['shop'] },
      stageName: 'beta',
      throttle: { rateLimit: 5, burstLimit: 7 },
    }));
    template.resourceCountIs('AWS::Events::EventBus', 0);
    template.hasResourceProperties('AWS::Events::Rule', { EventBusName: 'orders', EventPattern: { source: ['shop'] } });
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: 'beta', DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 7 } });
    expect(JSON.stringify(definitions(template))).toContain('"Stage":"beta"');
  });

  test('a number of a message that only CloudFormation will know is filled in, although no text is unknown', () => {
    const { template } = synthesize(stack => ({ message: EventMessage.of({ version: new CfnParameter(stack, 'Version', { type: 'Number' }).valueAsNumber }) }));
    const parts = Object.values(template.findResources('AWS::StepFunctions::StateMachine')).flatMap(({ Properties }) => Properties.DefinitionString['Fn::Join']?.[1] ?? []);
    expect(parts).toContainEqual({ Ref: 'Version' });
  });

  test('a claim that several fields are compared with is asked for once', () => {
    const allow = [SubscriptionConstraint.fieldEqualsClaim('detail.buyer', 'tenantId'), SubscriptionConstraint.fieldEqualsClaim('detail.seller', 'tenantId')];
    const { template } = synthesize({ allow, admission: Admission.ticket({ claims: ['tenantId'] }) });
    const { States: { Claims, CheckPattern } } = definitions(template).find(({ States }) => States.Claims);
    // JSONata makes no object in which a name stands twice.
    expect(Claims.Assign.request.match(/'claim_tenantId':/g)).toHaveLength(1);
    expect(CheckPattern.Choices.filter(({ Next }: any) => Next === 'NotAllowed')).toHaveLength(1);
  });

  test('two sockets in one stack share nothing', () => {
    const stack = new Stack(new App(), 'Stack');
    new EventSocket(stack, 'First');
    new EventSocket(stack, 'Second');
    Template.fromStack(stack).resourceCountIs('AWS::ApiGatewayV2::Api', 2);
    Template.fromStack(stack).resourceCountIs('AWS::DynamoDB::Table', 2);
  });

  test('grants posting to its own connections', () => {
    const stack = new Stack(new App(), 'Stack');
    const socket = new EventSocket(stack, 'Socket');
    socket.grantManageConnections(new Role(stack, 'Grantee', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }));
    const [statement] = statementsOf(Template.fromStack(stack), 'Grantee');
    expect(statement.Action).toBe('execute-api:ManageConnections');
    expect(JSON.stringify(statement.Resource)).toContain('/live/*/@connections/*');
  });
});
