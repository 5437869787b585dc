import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Admission, ConnectionTable, MockIntegration, StartSyncExecution, Value, WebSocketEndpoint } from 'cdk-lambdaless-websockets';

/** What API Gateway knows of a message, all of it. */
const CONTEXT = [
  'routeKey', 'messageId', 'eventType', 'extendedRequestId', 'requestTime', 'messageDirection', 'stage', 'connectedAt', 'requestTimeEpoch', 'requestId', 'domainName',
  'connectionId', 'apiId',
];

/** The same socket, guarded in several ways. */
class GuardedRoute extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const workflow = new StateMachine(this, 'Workflow', {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(new Pass(this, 'Reply', {
        parameters: { 'reply': 'You are in.', 'heard.$': '$.body', 'auth.$': '$.requestContext.auth', 'requestContext.$': '$.requestContext' },
      })),
    });

    const addSocket = (name: string, admission: Admission, connections?: ConnectionTable) => {
      const endpoint = new WebSocketEndpoint(this, name);
      if (connections) {
        endpoint.addConnectionRoutes(connections, { admission });
      } else {
        endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission });
      }
      endpoint.addRoute('sendmessage', new StartSyncExecution('SendMessage', {
        stateMachine: workflow,
        input: Value.object({
          requestContext: Value.object({
            ...Object.fromEntries(CONTEXT.map(variable => [variable, Value.context(variable)])),
            sourceIp: Value.context('identity.sourceIp'),
            auth: Value.claim('principalId').withDefault(''),
            token: Value.claim('token').withDefault(''),
          }),
          body: Value.bodyText(),
          isBase64Encoded: Value.context('isBase64Encoded').withDefault('false'),
        }),
      }), { throttle: { rateLimit: 20, burstLimit: 50 } });
      new CfnOutput(this, `${name}Url`, { value: endpoint.url });
    };

    addSocket('Header', Admission.header('token', 'hello'));
    const connections = new ConnectionTable(this, 'Connections');
    addSocket('Ticket', Admission.ticket({ claims: ['tenantId'] }), connections);
    new CfnOutput(this, 'TableName', { value: connections.table.tableName });
    addSocket('Iam', Admission.iam());
    addSocket('Function', Admission.custom(new WebSocketLambdaAuthorizer('Authorizer', this.authorizer(), { identitySource: ['route.request.header.token'] })));
  }

  /** The one piece of code, and it is the app's own. */
  private authorizer(): LambdaFunction {
    return new LambdaFunction(this, 'Authorizer', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(`
        exports.handler = async event => {
          if (event.headers.token !== 'hello') {
            throw new Error('Unauthorized');
          }
          const statement = { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn };
          return { principalId: 'ana', policyDocument: { Version: '2012-10-17', Statement: [statement] }, context: { token: event.headers.token } };
        };`),
    });
  }
}

export const stack = new GuardedRoute(new App(), 'GuardedRoute');
