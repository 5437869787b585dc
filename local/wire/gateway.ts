import { HttpRequest, Service, WebSocketServer } from '../kernel/contracts';

/** What the listener asks of the service that accepts WebSocket clients, beyond accepting them. */
export interface Gateway extends WebSocketServer {
  /** Whether an API has this id. */
  serves(apiId: string): boolean;
  /** The APIs and stages that can be connected to. */
  describeApis(): ReadonlyArray<{ readonly apiId: string; readonly stage: string }>;
  /** Whether a request, its path without the API's id, is one for AWS credentials, such as those to `@connections`. */
  requiresCredentials(request: Pick<HttpRequest, 'path'>): boolean;
}

/** A service that accepts WebSocket clients. */
export interface GatewayService extends Service {
  readonly webSockets: Gateway;
}

/** The one service that accepts WebSocket clients, if it is there. */
export function findGateway(services: Iterable<Service>): GatewayService | undefined {
  return [...services].find((service): service is GatewayService => service.webSockets !== undefined);
}
