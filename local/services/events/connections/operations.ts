import { Connection, ConnectionCredentials } from './connection';
import { ApiDestination, Connections } from './connections';
import { AwsError } from '../../../kernel/aws-error';
import { Operation } from '../../../kernel/contracts';

interface NameInput {
  readonly Name: string;
}

/** The operations on connections and API destinations. */
export function connectionOperations(connections: Connections): Record<string, Operation> {
  const connection = ({ Name: name }: NameInput) => named(connections.all(), name, 'Connection');
  const destination = ({ Name: name }: NameInput) => named(connections.allDestinations(), name, 'ApiDestination');
  return {
    DescribeConnection: {
      permissions: input => [{ action: 'events:DescribeConnection', resource: connection(input).arn }],
      handle: input => ({ ...describeConnection(connection(input)), SecretArn: connection(input).secretArn, Description: connection(input).description }),
    },
    ListConnections: {
      permissions: () => [{ action: 'events:ListConnections', resource: '*' }],
      handle: () => ({ Connections: connections.all().map(describeConnection) }),
    },
    DescribeApiDestination: {
      permissions: input => [{ action: 'events:DescribeApiDestination', resource: destination(input).arn }],
      handle: input => ({ ...describeDestination(destination(input)), Description: destination(input).description }),
    },
    ListApiDestinations: {
      permissions: () => [{ action: 'events:ListApiDestinations', resource: '*' }],
      handle: () => ({ ApiDestinations: connections.allDestinations().map(describeDestination) }),
    },
    /** Not an operation of the API, but an action of IAM: what Step Functions does with the role of a workflow. */
    RetrieveConnectionCredentials: {
      permissions: ({ ConnectionArn: arn }: { ConnectionArn: string }) => {
        const { arn: connectionArn, secretArn } = connections.get(arn);
        return [
          { action: 'events:RetrieveConnectionCredentials', resource: connectionArn },
          { action: 'secretsmanager:GetSecretValue', resource: secretArn },
          { action: 'secretsmanager:DescribeSecret', resource: secretArn },
        ];
      },
      handle: ({ ConnectionArn: arn }: { ConnectionArn: string }, { principal }): ConnectionCredentials => {
        if (principal.kind === 'account') {
          throw new AwsError('UnknownOperationException', '');
        }
        return connections.get(arn).credentials;
      },
    },
  };
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string, kind: string): T {
  const found = all.find(each => each.name === name);
  if (!found) {
    throw new AwsError('ResourceNotFoundException', `${kind} '${name}' does not exist.`);
  }
  return found;
}

function describeConnection({ arn, name, authorizationType, createdAt }: Connection): object {
  return { ConnectionArn: arn, Name: name, ConnectionState: 'AUTHORIZED', AuthorizationType: authorizationType, CreationTime: createdAt / 1000, LastModifiedTime: createdAt / 1000 };
}

function describeDestination({ arn, name, connectionArn, invocationEndpoint, httpMethod, createdAt }: ApiDestination): object {
  return {
    ApiDestinationArn: arn,
    Name: name,
    ApiDestinationState: 'ACTIVE',
    ConnectionArn: connectionArn,
    InvocationEndpoint: invocationEndpoint,
    HttpMethod: httpMethod,
    CreationTime: createdAt / 1000,
    LastModifiedTime: createdAt / 1000,
  };
}
