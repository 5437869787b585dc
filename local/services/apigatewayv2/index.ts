import { Apis } from './apis';
import { WebSocketGateway } from './gateway';
import { LOGGING_ASSUMPTIONS } from './logging/assumptions';
import { managementOperations } from './management-api/operations';
import { managementProtocol } from './management-api/protocol';
import { rehearsals } from './rehearsals';
import { resourceTypes } from './resources';
import { Service, ServiceContext } from '../../kernel/contracts';

/** A stage of an API that clients can connect to. */
export interface RunningApi {
  readonly apiId: string;
  readonly stage: string;
  readonly routeKeys: readonly string[];
  readonly constructPath: string;
  readonly stackName: string;
}

/** The service behind the APIs' own hosts, which is also where they come into being. */
export interface ExecuteApi extends Service {
  describeApis(): RunningApi[];
}

/** Amazon API Gateway: WebSocket APIs, and the management of their connections. */
export function apigatewayv2(context: ServiceContext): ExecuteApi {
  const apis = new Apis();
  const gateway = new WebSocketGateway(context, apis);
  return {
    name: 'execute-api',
    protocols: [managementProtocol],
    operations: managementOperations(apis, gateway),
    resourceTypes: resourceTypes(apis, context),
    webSockets: gateway,
    rehearsals: () => rehearsals(apis),
    assumptions: LOGGING_ASSUMPTIONS,
    deployed: async () => {
      reportUndeployed(apis, gateway);
      await Promise.all(apis.stages.map(stage => stage.settings.logging?.prepare()));
    },
    stop: () => gateway.stop(),
    describeApis: () => apis.stages.map(({ api, name, deployed }) => ({
      apiId: api.id,
      stage: name,
      routeKeys: [...deployed.routesByKey.keys()],
      constructPath: api.constructPath,
      stackName: api.stackName,
    })),
  };
}

/** What is made after a deployment is not part of it, which nobody would see on AWS. */
function reportUndeployed(apis: Apis, gateway: WebSocketGateway): void {
  for (const { api, name, deployed } of apis.stages) {
    if (deployed !== api.declaration) {
      gateway.trace.failure(`The stage ${name} of ${api.constructPath} does not show all that the template declares: its deployment was made before the rest. Let the deployment depend on every route, integration and response.`);
    }
  }
}
