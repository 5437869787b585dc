import { apiUrl, httpApiUrl } from '../endpoint-url';
import { Runtime, RunningApi } from '../main';

/** What programs learn once the runtime listens; stable. */
export interface Ready {
  readonly ready: true;
  readonly endpoint: string;
  /** By the path of the API's construct, which begins with its stack's name. */
  readonly webSocketUrls: Record<string, string>;
  /** As those of WebSocket APIs. */
  readonly httpUrls: Record<string, string>;
  readonly outputs: Record<string, Record<string, string>>;
  /** Where the inspector is, when it is served. */
  readonly inspectorUrl?: string;
}

export function ready(runtime: Runtime): Ready {
  return {
    ready: true,
    endpoint: runtime.endpoint,
    webSocketUrls: urlsOf(runtime, 'WEBSOCKET', apiUrl),
    httpUrls: urlsOf(runtime, 'HTTP', httpApiUrl),
    outputs: Object.fromEntries(runtime.stacks.map(stack => [stack.name, stack.outputs])),
    inspectorUrl: runtime.inspectorUrl,
  };
}

function urlsOf(runtime: Runtime, protocol: RunningApi['protocol'], urlOf: (endpoint: string, apiId: string, stage: string) => string): Record<string, string> {
  const apis = runtime.apis.filter(api => api.protocol === protocol);
  return Object.fromEntries(apis.map(api => [apiPath(runtime, api), urlOf(runtime.endpoint, api.apiId, api.stage)]));
}

/** The stack's name and the path of the API's construct in it, such as `Shop/Socket/Api`. */
export function apiPath(runtime: Runtime, api: RunningApi): string {
  const path = api.constructPath.replace(/\/Resource$/, '');
  const stackPath = `${runtime.stacks.find(stack => stack.name === api.stackName)!.constructPath}/`;
  return `${api.stackName}/${path.startsWith(stackPath) ? path.slice(stackPath.length) : path}`;
}
