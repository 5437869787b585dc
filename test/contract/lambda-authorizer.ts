import { Stack } from 'aws-cdk-lib';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

/** Takes the header at its word. */
const CODE = `exports.handler = async event => ({
  principalId: 'user',
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }] },
  context: event.headers.tenant === undefined ? {} : { tenantId: event.headers.tenant },
});`;

/** An authorizer that admits everybody, and whose context has the tenant that the header `tenant` names. */
export function tenantAuthorizer(stack: Stack): WebSocketLambdaAuthorizer {
  const handler = new Function(stack, 'Authorizer', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(CODE) });
  return new WebSocketLambdaAuthorizer('TenantAuthorizer', handler, { identitySource: [] });
}
