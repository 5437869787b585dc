import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** A stage as far as its `@connections` go. */
interface Stage {
  readonly apiId: string;
  readonly stageName: string;
}

/** Where workflows reach the connections of a stage. */
export interface ConnectionsAddress {
  readonly partition: string;
  /** Host of the API's `@connections`, without scheme and stage. */
  readonly apiEndpoint: string;
  readonly stageName: string;
}

/** The address of a stage's connections. */
export function connectionsAddress(scope: IConstruct, { apiId, stageName }: Stage): ConnectionsAddress {
  const { partition, region, urlSuffix } = Stack.of(scope);
  return { partition, apiEndpoint: `${apiId}.execute-api.${region}.${urlSuffix}`, stageName };
}

/** The permission to post to a stage's connections, or to look at them. */
export function manageConnections(scope: IConstruct, { apiId, stageName }: Stage, method: 'POST' | 'GET'): PolicyStatement {
  return new PolicyStatement({
    actions: ['execute-api:ManageConnections'],
    // AWS holds the literal text `{connectionId}` against this, never an id: one connection cannot be named.
    resources: [Stack.of(scope).formatArn({ service: 'execute-api', resource: apiId, resourceName: `${stageName}/${method}/@connections/*` })],
  });
}
