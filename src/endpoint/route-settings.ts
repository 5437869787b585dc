import { Token } from 'aws-cdk-lib';
import { CfnRoute, CfnStage, IWebSocketStage, ThrottleSettings, WebSocketRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { InvalidValueError } from '../validation/invalid-value-error';

/** What API Gateway writes into the execution logs. */
export enum LoggingLevel {
  /** Nothing. */
  OFF = 'OFF',
  /** What failed. */
  ERROR = 'ERROR',
  /** Every step of every request. */
  INFO = 'INFO',
}

/** What a stage may set for each of its routes. */
export interface RouteSettingsOptions {
  /**
   * How many messages the route takes.
   *
   * @default - as the stage says
   */
  readonly throttle?: ThrottleSettings;

  /**
   * What API Gateway writes into the execution logs. The account needs an `ApiGatewayLogging` once in each region.
   *
   * @default - as the stage says
   */
  readonly loggingLevel?: LoggingLevel;

  /**
   * Whether the execution logs hold the messages themselves, what templates made of them, and what services answered.
   *
   * @default - as the stage says, which is false unless told otherwise
   */
  readonly dataTraceEnabled?: boolean;

  /**
   * Whether CloudWatch has metrics of the route alone.
   *
   * @default - as the stage says
   */
  readonly detailedMetricsEnabled?: boolean;
}

/**
 * The settings of single routes of a stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
 *
 * @example
 * declare const stage: apigatewayv2.WebSocketStage;
 * declare const route: apigatewayv2.WebSocketRoute;
 * RouteSettings.of(stage).add(route, { throttle: { rateLimit: 10, burstLimit: 20 } });
 */
export class RouteSettings {
  /** The settings of a stage, which this app has to make itself. */
  static of(stage: IWebSocketStage): RouteSettings {
    const resource = stage.node.defaultChild;
    if (!(resource instanceof CfnStage)) {
      throw new InvalidValueError('importedStage', `RouteSettings.of(${stage.node.path}) needs a stage of this app: the settings of an imported one belong to where it is made.`);
    }
    return new RouteSettings(resource);
  }

  private constructor(private readonly stage: CfnStage) {}

  /** Sets what shall hold for one route, beside what was set before. */
  add(route: WebSocketRoute, options: RouteSettingsOptions): void {
    const settings = (this.stage.routeSettings ?? {}) as Record<string, object>;
    // A route that has settings takes none of the stage's: what is left out would be what API Gateway thinks usual.
    const { defaultRouteSettings = {} } = this.stage;
    const inherited = settings[route.routeKey] ?? (Token.isUnresolved(defaultRouteSettings) ? {} : capitalized(defaultRouteSettings));
    this.stage.routeSettings = { ...settings, [route.routeKey]: { ...inherited, ...capitalized(routeSettings(options)) } };
    // CloudFormation looks for the route when it sets the stage up.
    this.stage.addDependency(route.node.defaultChild as CfnRoute);
  }
}

/**
 * What a stage lets through to each route, unless its author says otherwise.
 *
 * @internal
 */
export const DEFAULT_THROTTLE: ThrottleSettings = { rateLimit: 1000, burstLimit: 2000 };

/**
 * Settings as CloudFormation reads them.
 *
 * @internal
 */
export function routeSettings({ throttle, loggingLevel, dataTraceEnabled, detailedMetricsEnabled }: RouteSettingsOptions): CfnStage.RouteSettingsProperty {
  return {
    throttlingRateLimit: throttle?.rateLimit,
    throttlingBurstLimit: throttle?.burstLimit,
    loggingLevel,
    dataTraceEnabled,
    detailedMetricsEnabled,
  };
}

/** What CloudFormation takes for any JSON, the CDK does not write in CloudFormation's way. */
function capitalized(settings: object): object {
  const known = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]));
}
