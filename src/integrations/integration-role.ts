import { Stack } from 'aws-cdk-lib';
import { IWebSocketRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const ID = 'IntegrationRole';

/** The one role with which an API calls other services for routes of a stack; each integration adds exactly what it needs. */
export function integrationRole(route: IWebSocketRoute, statements: readonly PolicyStatement[]): Role {
  const { webSocketApi: api } = route;
  // The stack of a route needs the one of the API: a role in that one could not name what is in this.
  const isElsewhere = Stack.of(api) !== Stack.of(route);
  const scope: Construct = isElsewhere ? Stack.of(route) : api as unknown as Construct;
  const id = isElsewhere ? `${ID}${api.node.addr}` : ID;
  const role = scope.node.tryFindChild(id) as Role | undefined ?? new Role(scope, id, {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    description: 'Calls the services behind the routes of this WebSocket API',
  });
  statements.forEach(statement => role.addToPolicy(statement));
  return role;
}
