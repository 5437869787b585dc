import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { GatewayAccount } from '../logging/gateway-account';
import { Stage, StageSettings } from '../stage';
import { Api } from '../store';
import { throttleOf } from './route-settings';
import { stageLogging } from './stage-logging';
import { STAGE_PROPERTIES, StageProperties } from './stage-properties';
import { isTrue, required, textMap } from './values';

/** AWS::ApiGatewayV2::Stage */
export function stageType(apis: Apis, context: ServiceContext, account: GatewayAccount): ResourceType {
  return {
    properties: STAGE_PROPERTIES,
    create: request => createStage(apis, context, account, request),
    update: request => updateStage(apis, context, account, request),
    replacedBy: ['ApiId', 'StageName'],
    delete: ({ properties }, { ref }) => apis.deleteStage(properties.ApiId, ref),
  };
}

type Request = ResourceRequest<StageProperties>;

function createStage(apis: Apis, context: ServiceContext, account: GatewayAccount, { properties }: Request): ProvisionedResource {
  const api = apis.get(required('ApiId', properties.ApiId));
  const settings = settingsOf(api, context, account, properties);
  apis.addStage(new Stage(api, settings, apis.apiKeys, context));
  return { ref: settings.name };
}

/** Its connections stay. */
function updateStage(apis: Apis, context: ServiceContext, account: GatewayAccount, { properties }: Request): ProvisionedResource {
  const api = apis.get(required('ApiId', properties.ApiId));
  const settings = settingsOf(api, context, account, properties);
  apis.stage(api.id, settings.name)!.change(settings);
  return { ref: settings.name };
}

function settingsOf(api: Api, context: ServiceContext, account: GatewayAccount, properties: StageProperties): StageSettings {
  if (!isTrue(properties.AutoDeploy)) {
    api.deployment(required('DeploymentId', properties.DeploymentId));
  }
  const name = required('StageName', properties.StageName);
  const { AccessLogSettings: access, DefaultRouteSettings: defaults, RouteSettings: routes } = properties;
  return {
    name,
    variables: Object.fromEntries(textMap(properties.StageVariables)),
    deploymentId: isTrue(properties.AutoDeploy) ? undefined : properties.DeploymentId,
    defaultThrottle: throttleOf(properties.DefaultRouteSettings),
    routeThrottles: new Map(Object.entries(properties.RouteSettings ?? {}).map(([key, settings]) => [key, throttleOf(settings)])),
    logging: stageLogging(context, account, { apiId: api.id, name }, access, defaults, routes),
  };
}
