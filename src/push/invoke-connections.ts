import { ConnectionsAddress } from './connections-address';
import { RETRY_BUSY } from '../workflows/retry';

/** A Task that sends a message to a connection. `connectionId` is JSONata; the message is an argument of a state, and may hold some. */
export function postToConnection(address: ConnectionsAddress, connectionId: string, message: unknown) {
  const { Arguments: get, ...task } = getConnection(address, connectionId);
  // An object: a string would reach the client encoded a second time. Members that are null would vanish.
  return { ...task, Arguments: { ...get, Method: 'POST', RequestBody: message, AllowNullValues: true } };
}

/** A Task that asks whether a connection is there. `connectionId` is JSONata. */
export function getConnection({ partition, apiEndpoint, stageName }: ConnectionsAddress, connectionId: string) {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::apigateway:invoke`,
    Arguments: { ApiEndpoint: apiEndpoint, Method: 'GET', Stage: stageName, Path: `{% '/@connections/' & ${connectionId} %}`, AuthType: 'IAM_ROLE' },
    Retry: [RETRY_BUSY],
  };
}
