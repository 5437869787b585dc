import { Apis } from './apis';
import { NO_PARAMETERS } from './client-parameters';
import { callAuthorizer } from './pipeline/authorize-function';
import { Exchange } from './pipeline/exchange';
import { requestContext } from './request-context';
import { Stage } from './stage';
import { Rehearsal, ServiceContext } from '../../kernel/contracts';

/** Where a template reads the message: a plain path, such as `$input.json('$.order.id')`. */
const MESSAGE_PATH = /\$input\.(?:json|path)\(\s*['"]\$\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)['"]\s*\)/g;

/** The calls that the routes make to services and functions, and those to authorizers. */
export function* rehearsals(apis: Apis, context: ServiceContext): Generator<Rehearsal> {
  for (const stage of apis.stages) {
    const { api, place, deployed } = stage;
    for (const [key, { integrationId = '', authorization }] of deployed.routesByKey) {
      const by = `${api.constructPath.replace(/\/Resource$/, '')}, route ${key}`;
      const authorizer = authorization.type === 'CUSTOM' ? deployed.authorizers.get(authorization.authorizerId ?? '') : undefined;
      if (authorizer) {
        yield { by: `${by}, authorizer`, call: () => callAuthorizer(authorizer, { place, environment: api.environment, context }, sampleExchange(stage, key)) };
      }
      const integration = deployed.integrations.get(integrationId);
      if (integration?.type === 'AWS' || integration?.type === 'AWS_PROXY') {
        yield { by, call: () => stage.route(key).integration!.call(sampleExchange(stage, key, integration.requestTemplates)) };
      }
    }
  }
}

function sampleExchange(stage: Stage, routeKey: string, templates: ReadonlyMap<string, string> = new Map()): Exchange {
  const isMessage = !['$connect', '$disconnect'].includes(routeKey);
  const exchange = new Exchange({
    place: stage.place,
    eventType: routeKey === '$connect' ? 'CONNECT' : routeKey === '$disconnect' ? 'DISCONNECT' : 'MESSAGE',
    connection: { id: 'connectionId=', connectedAt: 0, sourceIp: '127.0.0.1', userAgent: undefined },
    requestId: 'requestId=',
    messageId: isMessage ? 'messageId=' : undefined,
    time: 0,
    body: isMessage ? JSON.stringify(sampleMessage([...templates.values()])) : '',
    parameters: NO_PARAMETERS,
  });
  exchange.routeKey = routeKey;
  exchange.context = requestContext(exchange);
  return exchange;
}

/** A message that has a text wherever a template reads one. */
function sampleMessage(templates: readonly string[]): object {
  const message = Object.create(null);
  for (const [, path] of templates.join('\n').matchAll(MESSAGE_PATH)) {
    const names = path.split('.');
    const last = names.pop()!;
    let place = message;
    for (const name of names) {
      place = typeof place[name] === 'object' ? place[name] : place[name] = Object.create(null);
    }
    place[last] ??= 'x';
  }
  return message;
}
