import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../kernel/contracts';
import { Apis } from '../apis';
import { Stage, StageSettings, Throttle } from '../stage';
import { Api } from '../store';
import { boundedNumber, isTrue, required, textMap } from './values';

interface RouteSettings {
  readonly ThrottlingBurstLimit?: number | string;
  readonly ThrottlingRateLimit?: number | string;
}

interface StageProperties {
  readonly ApiId?: string;
  readonly StageName?: string;
  readonly AutoDeploy?: boolean | string;
  readonly DeploymentId?: string;
  readonly StageVariables?: Record<string, unknown>;
  readonly DefaultRouteSettings?: RouteSettings;
  readonly RouteSettings?: Record<string, RouteSettings>;
}

const THROTTLE_SETTINGS = ['ThrottlingBurstLimit', 'ThrottlingRateLimit'];

/** They decide what is logged and measured, and nothing else. */
const SETTINGS_WITHOUT_EFFECT = ['DataTraceEnabled', 'DetailedMetricsEnabled', 'LoggingLevel'];

/** AWS::ApiGatewayV2::Stage */
export function stageType(apis: Apis, context: ServiceContext): ResourceType {
  return {
    properties: {
      used: ['ApiId', 'StageName', 'AutoDeploy', 'DeploymentId', 'StageVariables', 'DefaultRouteSettings', 'RouteSettings'],
      withoutEffect: ['AccessLogSettings', 'Description', 'Tags'],
    },
    create: request => createStage(apis, context, request),
    update: request => updateStage(apis, request),
    replacedBy: ['ApiId', 'StageName'],
    delete: ({ properties }, { ref }) => apis.deleteStage(properties.ApiId, ref),
  };
}

function createStage(apis: Apis, context: ServiceContext, { properties }: ResourceRequest<StageProperties>): ProvisionedResource {
  const api = apis.get(required('ApiId', properties.ApiId));
  const settings = settingsOf(api, properties);
  apis.addStage(new Stage(api, settings, context));
  return { ref: settings.name };
}

/** Its connections stay. */
function updateStage(apis: Apis, { properties }: ResourceRequest<StageProperties>): ProvisionedResource {
  const api = apis.get(required('ApiId', properties.ApiId));
  const settings = settingsOf(api, properties);
  apis.stage(api.id, settings.name)!.change(settings);
  return { ref: settings.name };
}

function settingsOf(api: Api, properties: StageProperties): StageSettings {
  if (!isTrue(properties.AutoDeploy)) {
    api.deployment(required('DeploymentId', properties.DeploymentId));
  }
  return {
    name: required('StageName', properties.StageName),
    variables: Object.fromEntries(textMap(properties.StageVariables)),
    deploymentId: isTrue(properties.AutoDeploy) ? undefined : properties.DeploymentId,
    defaultThrottle: throttleOf(properties.DefaultRouteSettings),
    routeThrottles: new Map(Object.entries(properties.RouteSettings ?? {}).map(([key, settings]) => [key, throttleOf(settings)])),
  };
}

function throttleOf(settings: RouteSettings = {}): Partial<Throttle> {
  const unknown = Object.keys(settings).find(name => !THROTTLE_SETTINGS.includes(name) && !SETTINGS_WITHOUT_EFFECT.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the route setting ${unknown}`);
  }
  const { ThrottlingBurstLimit: burst, ThrottlingRateLimit: rate } = settings;
  return {
    ...(burst === undefined ? {} : { burst: boundedNumber('ThrottlingBurstLimit', burst, 0, Number.MAX_SAFE_INTEGER) }),
    ...(rate === undefined ? {} : { rate: boundedNumber('ThrottlingRateLimit', rate, 0, Number.MAX_SAFE_INTEGER) }),
  };
}
