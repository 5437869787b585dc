/**
 * Finds out whom a request is for. On AWS every service and every API has a host of its own; here all share one port, so that an API may also be
 * named by the first segment of the path.
 */

/** What of a request tells where it goes. */
export interface Addressed {
  readonly path: string;
  readonly host: string | undefined;
  readonly target: string | undefined;
}

export type Destination =
  | { readonly kind: 'service'; readonly targetPrefix: string }
  /** An API, and the path below it. */
  | { readonly kind: 'api'; readonly apiId: string; readonly path: string }
  | { readonly kind: 'unknown' };

const API_HOST = /^([a-z0-9]+)\.execute-api\./i;
const API_PATH = /^\/([a-z0-9]+)(\/.*)?$/;

/** Where a request goes. `serves` tells whether there is an API of that id: only then is the first segment of a path one. */
export function findDestination(request: Addressed, serves: (apiId: string) => boolean): Destination {
  if (request.target !== undefined) {
    return { kind: 'service', targetPrefix: request.target.slice(0, request.target.lastIndexOf('.')) };
  }
  const host = API_HOST.exec(request.host ?? '');
  if (host) {
    return { kind: 'api', apiId: host[1].toLowerCase(), path: request.path };
  }
  const path = API_PATH.exec(request.path);
  if (path && serves(path[1])) {
    return { kind: 'api', apiId: path[1], path: path[2] ?? '/' };
  }
  return { kind: 'unknown' };
}
