import { RouteSettings } from './route-settings';
import { AccessLogSettings } from './stage-logging';

/** Properties of AWS::ApiGatewayV2::Stage, of APIs of either protocol. */
export interface StageProperties {
  readonly ApiId?: string;
  readonly StageName?: string;
  readonly AutoDeploy?: boolean | string;
  readonly DeploymentId?: string;
  readonly StageVariables?: Record<string, unknown>;
  readonly DefaultRouteSettings?: RouteSettings;
  readonly RouteSettings?: Record<string, RouteSettings>;
  readonly AccessLogSettings?: AccessLogSettings;
}

/** Those that are known. */
export const STAGE_PROPERTIES = {
  used: ['ApiId', 'StageName', 'AutoDeploy', 'DeploymentId', 'StageVariables', 'DefaultRouteSettings', 'RouteSettings', 'AccessLogSettings'],
  withoutEffect: ['Description', 'Tags'],
};
