import { ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { checkProperties } from '../../../kernel/properties';

/** A resource type that is one thing for WebSocket APIs and another for HTTP APIs. */
export function byProtocol(webSocket: ResourceType, http: ResourceType, isHttp: (request: ResourceRequest) => boolean): ResourceType {
  const typeOf = (request: ResourceRequest) => {
    const type = isHttp(request) ? http : webSocket;
    checkProperties(type, request);
    return type;
  };
  const canUpdate = webSocket.update !== undefined && http.update !== undefined;
  return {
    properties: {
      used: union(webSocket.properties.used, http.properties.used),
      withoutEffect: union(webSocket.properties.withoutEffect, http.properties.withoutEffect),
    },
    replacedBy: union(webSocket.replacedBy, http.replacedBy),
    comesLast: webSocket.comesLast,
    create: request => typeOf(request).create(request),
    update: canUpdate ? (request, previous, resource) => typeOf(request).update!(request, previous, resource) : undefined,
    delete: (request, resource) => (isHttp(request) ? http : webSocket).delete(request, resource),
  };
}

function union(left: readonly string[] = [], right: readonly string[] = []): string[] {
  return [...new Set([...left, ...right])];
}
