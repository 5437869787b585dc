import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../../../kernel/contracts';
import { RouteSettings, throttleOf } from '../../resources/route-settings';
import { logGroupOf } from '../../resources/stage-logging';
import { STAGE_PROPERTIES, StageProperties } from '../../resources/stage-properties';
import { isTrue, required, textMap } from '../../resources/values';
import { HttpApi } from '../declaration';
import { HttpApis } from '../http-apis';
import { HttpStage, HttpStageSettings } from '../http-stage';
import { HttpAccessLog } from '../logging/access-log';

/** AWS::ApiGatewayV2::Stage of an HTTP API */
export function httpStageType(apis: HttpApis, context: ServiceContext): ResourceType {
  return {
    properties: STAGE_PROPERTIES,
    create: request => createStage(apis, context, request),
    update: request => updateStage(apis, context, request),
    replacedBy: ['ApiId', 'StageName'],
    delete: ({ properties }, { ref }) => apis.deleteStage(properties.ApiId, ref),
  };
}

function createStage(apis: HttpApis, context: ServiceContext, { properties }: ResourceRequest<StageProperties>): ProvisionedResource {
  const api = apis.get(required('ApiId', properties.ApiId));
  const settings = settingsOf(api, context, properties);
  apis.addStage(new HttpStage(api, settings, context));
  return { ref: settings.name };
}

function updateStage(apis: HttpApis, context: ServiceContext, { properties }: ResourceRequest<StageProperties>): ProvisionedResource {
  const api = apis.get(required('ApiId', properties.ApiId));
  const settings = settingsOf(api, context, properties);
  apis.stage(api.id, settings.name)!.change(settings);
  return { ref: settings.name };
}

function settingsOf(api: HttpApi, context: ServiceContext, properties: StageProperties): HttpStageSettings {
  const deploysItself = isTrue(properties.AutoDeploy);
  if (!deploysItself) {
    api.deployment(required('DeploymentId', properties.DeploymentId));
  }
  const { AccessLogSettings: access, DefaultRouteSettings: defaults, RouteSettings: routes = {} } = properties;
  [defaults, ...Object.values(routes)].forEach(refuseExecutionLogs);
  return {
    name: required('StageName', properties.StageName),
    variables: Object.fromEntries(textMap(properties.StageVariables)),
    deploymentId: deploysItself ? undefined : properties.DeploymentId,
    defaultThrottle: throttleOf(defaults),
    routeThrottles: new Map(Object.entries(routes).map(([key, settings]) => [key, throttleOf(settings)])),
    accessLog: access?.DestinationArn === undefined ? undefined : new HttpAccessLog(context, logGroupOf(access.DestinationArn), required('Format', access.Format)),
  };
}

function refuseExecutionLogs({ LoggingLevel: level = 'OFF', DataTraceEnabled: traced }: RouteSettings = {}): void {
  if (level !== 'OFF' || isTrue(traced)) {
    throw new Error('Execution logs are not supported on protocolType HTTP');
  }
}
