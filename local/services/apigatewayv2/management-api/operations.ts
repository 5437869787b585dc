import { AwsError } from '../../../kernel/aws-error';
import { Operation, Permission } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { Connection } from '../connection';
import { WebSocketGateway } from '../gateway';
import { IDENTIFIER } from '../identifiers';
import { ConnectionInput, PostInput } from './protocol';

/** What a client whose connection is deleted is told, and what `$disconnect` sees. */
const CLOSED_NORMALLY = { code: 1000, reason: 'Connection Closed Normally' };

interface ConnectionInfo {
  readonly connectedAt: string;
  readonly identity: { readonly sourceIp: string; readonly userAgent: string | undefined };
  readonly lastActiveAt: string;
}

/** The operations on open connections, known as `@connections`. */
export function managementOperations(apis: Apis, gateway: WebSocketGateway): Record<string, Operation> {
  const find = ({ apiId, stage, connectionId }: ConnectionInput): Connection => {
    if (!IDENTIFIER.test(connectionId)) {
      throw new AwsError('BadRequestException', `Invalid connectionId: ${connectionId}`, 400);
    }
    const connection = gateway.connection(apiId, stage, connectionId);
    if (!connection) {
      // The error of a connection that has gone has no message.
      throw new AwsError('GoneException', '', 410);
    }
    return connection;
  };

  const post: Operation<PostInput> = {
    permissions: input => permissions(apis, input, 'POST'),
    handle: input => {
      const connection = find(input);
      switch (connection.send(input.data)) {
        case 'too long': throw new AwsError('PayloadTooLargeException', 'Message too long', 413);
        case 'buffer full': throw new AwsError('LimitExceededException', 'Rate exceeded', 429);
        case 'gone': throw new AwsError('GoneException', '', 410);
        default: gateway.trace.push(connection.stage.place, connection.identity.id, input.data);
      }
    },
  };

  const get: Operation<ConnectionInput, ConnectionInfo> = {
    permissions: input => permissions(apis, input, 'GET'),
    handle: input => {
      const { identity, lastActiveAt } = find(input);
      return {
        connectedAt: new Date(identity.connectedAt).toISOString(),
        identity: { sourceIp: identity.sourceIp, userAgent: identity.userAgent },
        lastActiveAt: new Date(lastActiveAt).toISOString(),
      };
    },
  };

  const remove: Operation<ConnectionInput> = {
    permissions: input => permissions(apis, input, 'DELETE'),
    handle: input => find(input).close(CLOSED_NORMALLY),
  };

  return { PostToConnection: post, GetConnection: get, DeleteConnection: remove };
}

/** IAM is asked about the literal text `{connectionId}`, never about an id: a policy cannot name a connection. */
function permissions(apis: Apis, { apiId, stage }: ConnectionInput, method: string): Permission[] {
  if (!apis.stage(apiId, stage)) {
    throw new AwsError('ForbiddenException', 'Forbidden', 403);
  }
  const { partition, region, account } = apis.get(apiId).environment;
  const resource = `arn:${partition}:execute-api:${region}:${account}:${apiId}/${stage}/${method}/@connections/{connectionId}`;
  return [{ action: 'execute-api:ManageConnections', resource }];
}
