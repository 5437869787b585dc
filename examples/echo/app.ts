import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiGatewayLogging, LoggingLevel, MockIntegration, Response, Value, WebSocketEndpoint } from 'cdk-lambdaless-websockets';

/** Sends back what it is sent, and logs it, with nothing behind API Gateway. */
class Echo extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', { removalPolicy: RemovalPolicy.DESTROY });
    const endpoint = new WebSocketEndpoint(this, 'Endpoint', {
      stageName: 'dev',
      // {"action":"echo"} goes to echo, and {"action":"echo","version":2} to echo2.
      routeSelectionExpression: '${request.body.action}${request.body.version}',
      accessLogGroup: accessLog,
      loggingLevel: LoggingLevel.INFO,
    });
    endpoint.node.addDependency(new ApiGatewayLogging(this, 'Logging'));

    endpoint.addRoute('$connect', new MockIntegration('Connect'));
    endpoint.addRoute('$disconnect', new MockIntegration('Disconnect'));
    endpoint.addRoute('echo', MockIntegration.echo('Echo'));
    endpoint.addRoute('echo2', new MockIntegration('SecondEcho', {
      response: Response.json(Value.object({ echo: Value.body('$.message'), connectionId: Value.connectionId(), receivedAt: Value.requestTime() })),
    }), { throttle: { rateLimit: 20, burstLimit: 50 } });
    endpoint.addRoute('$default', new MockIntegration('Fallback', {
      response: Response.json(Value.object({ hint: Value.literal('Say {"action":"echo"}.'), youSaid: Value.bodyText() })),
    }));

    new CfnOutput(this, 'SocketUrl', { value: endpoint.url });
    new CfnOutput(this, 'AccessLogGroup', { value: accessLog.logGroupName });
    new CfnOutput(this, 'ExecutionLogGroup', { value: `/aws/apigateway/${endpoint.apiId}/${endpoint.stageName}` });
  }
}

export const stack = new Echo(new App(), 'Echo');
