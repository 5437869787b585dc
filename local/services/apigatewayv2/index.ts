import { Apis } from './apis';
import { WEBSOCKET_ASSUMPTIONS } from './assumptions';
import { WebSocketGateway } from './gateway';
import { HTTP_API_ASSUMPTIONS } from './http/assumptions';
import { HttpApis } from './http/http-apis';
import { HttpGateway } from './http/http-gateway';
import { HttpStage } from './http/http-stage';
import { EMULATED_SUBTYPES } from './http/integrations/subtypes';
import { httpApiProtocol, INVOKE_HTTP_API } from './http/protocol';
import { LOGGING_ASSUMPTIONS } from './logging/assumptions';
import { managementOperations } from './management-api/operations';
import { managementProtocol } from './management-api/protocol';
import { rehearsals } from './rehearsals';
import { resourceTypes } from './resources';
import { DEPLOYMENT_ASSUMPTION } from './resources/deployment';
import { Stage } from './stage';
import { HttpRequest, HttpResponse, Operation, Service, ServiceContext } from '../../kernel/contracts';

/** A stage of an API that clients can connect to, or call. */
export interface RunningApi {
  readonly protocol: 'WEBSOCKET' | 'HTTP';
  readonly apiId: string;
  readonly stage: string;
  readonly routeKeys: readonly string[];
  readonly constructPath: string;
  readonly stackName: string;
}

/** The service behind the APIs' own hosts, which is also where they come into being. */
export interface ExecuteApi extends Service {
  describeApis(): RunningApi[];
  /** Lets a message come once more from a connection that is still open; false when it is not. */
  replay(message: ReplayedMessage): boolean;
}

/** A message as a client sent it. */
export interface ReplayedMessage {
  readonly api: string;
  readonly stage: string;
  readonly connectionId: string;
  readonly text: string;
}

/** Amazon API Gateway: WebSocket APIs and the management of their connections, and HTTP APIs. */
export function apigatewayv2(context: ServiceContext): ExecuteApi {
  const apis = new Apis();
  const gateway = new WebSocketGateway(context, apis);
  const httpApis = new HttpApis();
  const httpGateway = new HttpGateway(context, httpApis);
  return {
    name: 'execute-api',
    protocols: [httpApiProtocol(httpApis), managementProtocol],
    operations: { Invoke: INVOKE, [INVOKE_HTTP_API]: invokeHttpApi(httpGateway), ...managementOperations(apis, gateway) },
    resourceTypes: resourceTypes(apis, httpApis, context),
    webSockets: gateway,
    httpApis,
    rehearsals: () => rehearsals(apis, context),
    supports: { 'Integration subtypes of HTTP APIs': EMULATED_SUBTYPES },
    assumptions: [...WEBSOCKET_ASSUMPTIONS, ...LOGGING_ASSUMPTIONS, DEPLOYMENT_ASSUMPTION, ...HTTP_API_ASSUMPTIONS],
    deployed: async () => {
      reportUndeployed(apis, gateway);
      await Promise.all([...apis.stages.map(stage => stage.settings.logging?.prepare()), ...httpApis.stages.map(stage => stage.settings.accessLog?.prepare())]);
    },
    stop: () => gateway.stop(),
    replay: ({ api, stage, connectionId, text }) => {
      const connection = gateway.connection(api, stage, connectionId);
      connection?.message(Buffer.from(text), false);
      return connection !== undefined;
    },
    describeApis: () => [...apis.stages.map(stage => describeStage('WEBSOCKET', stage)), ...httpApis.stages.map(stage => describeStage('HTTP', stage))],
  };
}

function describeStage(protocol: RunningApi['protocol'], { api, name, deployed }: Stage | HttpStage): RunningApi {
  return { protocol, apiId: api.id, stage: name, routeKeys: [...deployed.routesByKey.keys()], constructPath: api.constructPath, stackName: api.stackName };
}

/** A request to an HTTP API: who may make it is told by its route. */
function invokeHttpApi(gateway: HttpGateway): Operation<HttpRequest, HttpResponse> {
  return { permissions: () => [], handle: (request, { principal }) => gateway.handle(request, principal) };
}

/** What a signed handshake asks IAM for. */
const INVOKE: Operation<{ resource: string }> = {
  permissions: ({ resource }) => [{ action: 'execute-api:Invoke', resource }],
  handle: () => undefined,
};

/** What is made after a deployment is not part of it, which nobody would see on AWS. */
function reportUndeployed(apis: Apis, gateway: WebSocketGateway): void {
  for (const { api, name, deployed } of apis.stages) {
    if (deployed !== api.declaration) {
      gateway.trace.failure(`The stage ${name} of ${api.constructPath} does not show all that the template declares: its deployment was made before the rest. Let the deployment depend on every route, integration and response.`);
    }
  }
}
