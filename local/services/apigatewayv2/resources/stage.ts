import { ProvisionedResource, ResourceRequest, ServiceContext } from '../../../kernel/contracts';
import { checkProperties } from '../../../kernel/properties';
import { Apis } from '../apis';
import { Stage, Throttle } from '../stage';
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
export function createStage(apis: Apis, context: ServiceContext, request: ResourceRequest<StageProperties>): ProvisionedResource {
  checkProperties(request, {
    used: ['ApiId', 'StageName', 'AutoDeploy', 'DeploymentId', 'StageVariables', 'DefaultRouteSettings', 'RouteSettings'],
    withoutEffect: ['AccessLogSettings', 'Description', 'Tags'],
  });
  const { properties } = request;
  const api = apis.get(required('ApiId', properties.ApiId));
  const name = required('StageName', properties.StageName);
  if (!isTrue(properties.AutoDeploy)) {
    api.deployment(required('DeploymentId', properties.DeploymentId));
  }
  apis.addStage(new Stage(api, {
    name,
    variables: Object.fromEntries(textMap(properties.StageVariables)),
    deploymentId: isTrue(properties.AutoDeploy) ? undefined : properties.DeploymentId,
    defaultThrottle: throttleOf(properties.DefaultRouteSettings),
    routeThrottles: new Map(Object.entries(properties.RouteSettings ?? {}).map(([key, settings]) => [key, throttleOf(settings)])),
  }, context));
  return { ref: name };
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
