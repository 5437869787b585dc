import { apiUrl, httpApiUrl } from '../endpoint-url';
import { Runtime, RunningApi } from '../main';
import { DEFAULT_ENDPOINT } from './options';
import { apiPath } from './ready';

/** What a person reads once the runtime listens: where things are, and two lines to try. */
export function welcome(runtime: Runtime): string {
  const urlOf = ({ protocol, apiId, stage }: RunningApi) => (protocol === 'HTTP' ? httpApiUrl : apiUrl)(runtime.endpoint, apiId, stage);
  const lines = [`Running ${runtime.stacks.map(stack => stack.name).join(', ')} on ${runtime.endpoint}. Ctrl-C stops.`, ''];
  if (runtime.inspectorUrl !== undefined) {
    lines.push(`  Inspector: ${runtime.inspectorUrl}`, '');
  }

  for (const api of runtime.apis) {
    lines.push(`  ${apiPath(runtime, api)}`, `    ${urlOf(api)}`, `    routes: ${api.routeKeys.join(api.protocol === 'HTTP' ? ', ' : ' ')}`, '');
  }
  const outputs = runtime.stacks.flatMap(stack => Object.entries(stack.outputs).map(([name, value]) => `  ${stack.name}.${name} = ${value}`));
  if (outputs.length > 0) {
    lines.push(...outputs, '');
  }

  // An EventSocket has these, and takes up every other action with its $default route.
  const subscribable = runtime.apis.find(api => api.protocol === 'WEBSOCKET' && ['ping', '$default'].every(key => api.routeKeys.includes(key)));
  if (subscribable) {
    const url = apiUrl(runtime.endpoint, subscribable.apiId, subscribable.stage);
    const at = runtime.endpoint === DEFAULT_ENDPOINT ? '' : ` --endpoint ${runtime.endpoint}`;
    lines.push('Try it, in two other terminals:', '', `  npx lambdaless connect ${url}    and type: /subscribe source=shop`, `  npx lambdaless send '{"orderId":7}' --source shop --why${at}`, '');
  }
  return `${lines.join('\n')}\n`;
}
