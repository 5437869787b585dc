import { ConnectionsAddress } from './connections-address';
import { inTime } from '../workflows/in-time';
import { PATIENTLY } from '../workflows/retry';

/** A Task that sends a message to a connection, as `getConnection` asks for one. The message is an argument of a state, and may hold JSONata. */
export function postToConnection(address: ConnectionsAddress, connectionId: string, message: unknown, latestSecond?: number) {
  const { Arguments: get, ...task } = getConnection(address, connectionId, latestSecond);
  // An object: a string would reach the client encoded a second time. Members that are null would vanish.
  return { ...task, Arguments: { ...get, Method: 'POST', RequestBody: message, AllowNullValues: true } };
}

/** A Task that asks whether a connection is there, as long as the execution is not older than some seconds. `connectionId` is JSONata. */
export function getConnection({ partition, apiEndpoint, stageName }: ConnectionsAddress, connectionId: string, latestSecond?: number) {
  const path = `'/@connections/' & ${connectionId}`;
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::apigateway:invoke`,
    Arguments: { ApiEndpoint: apiEndpoint, Method: 'GET', Stage: stageName, Path: `{% ${latestSecond === undefined ? path : inTime(latestSecond, path)} %}`, AuthType: 'IAM_ROLE' },
    ...PATIENTLY,
  };
}
