import { Service, WebSocketAcceptor } from '../kernel/contracts';

/** A service that accepts WebSocket clients. */
export interface GatewayService extends Service {
  readonly webSockets: WebSocketAcceptor;
}

/** The one service that accepts WebSocket clients, if it is there. */
export function findGateway(services: Iterable<Service>): GatewayService | undefined {
  return [...services].find((service): service is GatewayService => service.webSockets !== undefined);
}

/** Whether there is an API of that id, of whatever protocol. */
export function servesApi({ webSockets, httpApis }: GatewayService, apiId: string): boolean {
  return webSockets.serves(apiId) || (httpApis?.serves(apiId) ?? false);
}
