import { IWebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const ID = 'IntegrationRole';

/** The one role with which an API calls other services; each integration adds exactly what it needs. */
export function integrationRole(api: IWebSocketApi): Role {
  const existing = api.node.tryFindChild(ID);
  if (existing) {
    return existing as Role;
  }
  return new Role(api as unknown as Construct, ID, {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    description: 'Calls the services behind the routes of this WebSocket API',
  });
}
