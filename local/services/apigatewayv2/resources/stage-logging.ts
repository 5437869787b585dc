import { isTrue, required } from './values';
import { ServiceContext } from '../../../kernel/contracts';
import { compileAccessLogFormat } from '../logging/access-log-format';
import { GatewayAccount } from '../logging/gateway-account';
import { RouteLogging } from '../logging/route-logging';
import { LoggingSettings, StageLogging } from '../logging/stage-logging';

export interface AccessLogSettings {
  readonly DestinationArn?: string;
  readonly Format?: string;
}

export interface RouteLogSettings {
  readonly LoggingLevel?: string;
  readonly DataTraceEnabled?: boolean | string;
}

const LOG_GROUP = /^arn:[^:]+:logs:[^:]+:\d+:log-group:([.\-_/#A-Za-z0-9]{1,512})(?::\*)?$/;
const LEVELS: readonly string[] = ['ERROR', 'INFO', 'OFF'];

/** What a stage logs, and where; undefined when it logs nothing. */
export function stageLogging(
  context: ServiceContext,
  account: GatewayAccount,
  stage: { readonly apiId: string; readonly name: string },
  access: AccessLogSettings | undefined,
  defaults: RouteLogSettings = {},
  routes: Readonly<Record<string, RouteLogSettings>> = {},
): StageLogging | undefined {
  const byRoute = new Map(Object.entries(routes).map(([key, settings]) => [key, routeLogging({ ...defaults, ...settings })]));
  const byDefault = routeLogging(defaults);
  const isExecutionLogged = [byDefault, ...byRoute.values()].some(({ level }) => level !== 'OFF');
  const settings: LoggingSettings = {
    accessLog: access?.DestinationArn === undefined ? undefined : { logGroupName: logGroupOf(access.DestinationArn), format: compileAccessLogFormat(required('Format', access.Format)) },
    executionLog: isExecutionLogged ? { logGroupName: `/aws/apigateway/${stage.apiId}/${stage.name}`, default: byDefault, routes: byRoute } : undefined,
  };
  if (!settings.accessLog && !settings.executionLog) {
    return undefined;
  }
  account.requireRole();
  return new StageLogging(context, account, settings);
}

/** Tracing data makes everything be logged, whatever the level says. */
function routeLogging({ LoggingLevel: level = 'OFF', DataTraceEnabled: traced }: RouteLogSettings): RouteLogging {
  if (!LEVELS.includes(level)) {
    throw new Error(`LoggingLevel has to be one of ${LEVELS.join(', ')}, not ${level}`);
  }
  return isTrue(traced) ? { level: 'INFO', traced: true } : { level: level as RouteLogging['level'], traced: false };
}

/** The name of the group that access logs go to. */
export function logGroupOf(arn: string): string {
  const name = LOG_GROUP.exec(arn)?.[1];
  if (name === undefined) {
    throw new Error(`the DestinationArn of AccessLogSettings has to be that of a log group, not ${arn}`);
  }
  return name;
}
