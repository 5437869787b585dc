import { IWebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const ID = 'IntegrationRole';

/** The one role with which an API calls other services; each integration adds exactly what it needs. */
export function integrationRole(api: IWebSocketApi, statements: readonly PolicyStatement[]): Role {
  const role = api.node.tryFindChild(ID) as Role | undefined ?? new Role(api as unknown as Construct, ID, {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    description: 'Calls the services behind the routes of this WebSocket API',
  });
  statements.forEach(statement => role.addToPolicy(statement));
  return role;
}
