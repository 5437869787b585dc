import { apiUrl } from '../local-url';
import { Runtime } from '../main';

/** What programs learn once the runtime listens; stable. */
export interface Ready {
  readonly ready: true;
  readonly endpoint: string;
  /** By the path of the API's construct, which begins with its stack's name. */
  readonly webSocketUrls: Record<string, string>;
  readonly outputs: Record<string, Record<string, string>>;
}

export function ready(runtime: Runtime): Ready {
  return {
    ready: true,
    endpoint: runtime.endpoint,
    webSocketUrls: Object.fromEntries(runtime.apis.map(api => [apiPath(api), apiUrl(runtime.endpoint, api.apiId, api.stage)])),
    outputs: Object.fromEntries(runtime.stacks.map(stack => [stack.name, stack.outputs])),
  };
}

/** `<stack>/<construct path of the API>`, such as `Shop/Socket/Api`. */
export function apiPath(api: { readonly stackName: string; readonly constructPath: string }): string {
  const path = api.constructPath.replace(/\/Resource$/, '');
  const inStack = path.slice(path.indexOf('/') + 1);
  return `${api.stackName}/${inStack}`;
}
