import { Connection } from './connection';
import { AwsError } from '../../../kernel/aws-error';

/** A place that events are sent to over HTTP. */
export interface ApiDestination {
  readonly name: string;
  readonly arn: string;
  readonly connectionArn: string;
  /** With an asterisk for each path parameter. */
  readonly invocationEndpoint: string;
  readonly httpMethod: string;
  readonly description?: string;
  readonly createdAt: number;
}

/** The connections and API destinations of the run. */
export class Connections {
  private readonly connections = new Map<string, Connection>();
  private readonly destinations = new Map<string, ApiDestination>();

  add(connection: Connection): void {
    this.connections.set(connection.arn, connection);
  }

  delete(arn: string): void {
    this.connections.delete(arn);
  }

  get(arn: string): Connection {
    const connection = this.connections.get(arn);
    if (!connection) {
      throw new AwsError('ResourceNotFoundException', `Failed to describe the connection(s). Connection '${nameIn(arn)}' does not exist.`);
    }
    return connection;
  }

  all(): Connection[] {
    return [...this.connections.values()];
  }

  addDestination(destination: ApiDestination): void {
    this.get(destination.connectionArn);
    this.destinations.set(destination.arn, destination);
  }

  deleteDestination(arn: string): void {
    this.destinations.delete(arn);
  }

  destination(arn: string): ApiDestination {
    const destination = this.destinations.get(arn);
    if (!destination) {
      throw new AwsError('ResourceNotFoundException', `Failed to describe the api-destination(s). An api-destination '${nameIn(arn)}' does not exist.`);
    }
    return destination;
  }

  allDestinations(): ApiDestination[] {
    return [...this.destinations.values()];
  }
}

/** The name in an ARN such as `…:connection/shop/6f1c…`. */
function nameIn(arn: string): string {
  return String(arn).split('/')[1] ?? arn;
}
