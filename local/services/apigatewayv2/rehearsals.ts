import { Apis } from './apis';
import { NO_PARAMETERS } from './client-parameters';
import { Exchange } from './pipeline/exchange';
import { requestContext } from './request-context';
import { Stage } from './stage';
import { Integration } from './store';
import { Rehearsal } from '../../kernel/contracts';

/** Where a template reads the message: a plain path, such as `$input.json('$.order.id')`. */
const MESSAGE_PATH = /\$input\.(?:json|path)\(\s*['"]\$\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)['"]\s*\)/g;

/** The calls that the routes make to services. */
export function* rehearsals(apis: Apis): Generator<Rehearsal> {
  for (const stage of apis.stages) {
    for (const [key, { integrationId }] of stage.deployed.routesByKey) {
      const integration = integrationId === undefined ? undefined : stage.deployed.integrations.get(integrationId);
      if (integration?.type === 'AWS') {
        yield {
          by: `${stage.api.constructPath.replace(/\/Resource$/, '')}, route ${key}`,
          call: () => stage.route(key).integration!.call(sampleExchange(stage, key, integration)),
        };
      }
    }
  }
}

function sampleExchange(stage: Stage, routeKey: string, integration: Integration): Exchange {
  const isMessage = !['$connect', '$disconnect'].includes(routeKey);
  const exchange = new Exchange({
    place: stage.place,
    eventType: routeKey === '$connect' ? 'CONNECT' : routeKey === '$disconnect' ? 'DISCONNECT' : 'MESSAGE',
    connection: { id: 'connectionId=', connectedAt: 0, sourceIp: '127.0.0.1', userAgent: undefined },
    requestId: 'requestId=',
    messageId: isMessage ? 'messageId=' : undefined,
    time: 0,
    body: isMessage ? JSON.stringify(sampleMessage([...integration.requestTemplates.values()])) : '',
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
