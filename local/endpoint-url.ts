/** Where a WebSocket API of the template is reached on this machine. */
export function apiUrl(endpoint: string, apiId: string, stage?: string): string {
  return `${endpoint.replace(/^http/, 'ws')}/${apiId}${stage === undefined ? '' : `/${stage}`}`;
}

/** Where an HTTP API of the template is reached on this machine: its `$default` stage is no part of the path. */
export function httpApiUrl(endpoint: string, apiId: string, stage: string): string {
  return `${endpoint}/${apiId}${stage === '$default' ? '' : `/${stage}`}`;
}

/** Replaces the hosts of the run's own APIs in a text, such as a stack's output: on AWS they are reached there, here they are reached here. */
export function localUrl(text: string, apis: ReadonlyArray<{ readonly apiId: string }>, endpoint: string): string {
  return apis.reduce((replaced, { apiId }) => replaced.replace(
    new RegExp(`(wss|https)://${apiId}\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?`, 'g'),
    (_, scheme) => scheme === 'wss' ? apiUrl(endpoint, apiId) : `${endpoint}/${apiId}`,
  ), text);
}
