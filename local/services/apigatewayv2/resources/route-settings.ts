import { Throttle } from '../route-throttles';
import { RouteLogSettings } from './stage-logging';
import { boundedNumber } from './values';

/** What a stage sets for its routes. */
export interface RouteSettings extends RouteLogSettings {
  readonly ThrottlingBurstLimit?: number | string;
  readonly ThrottlingRateLimit?: number | string;
}

/** There are no metrics here, whose detail one of them decides. */
const ROUTE_SETTINGS = ['ThrottlingBurstLimit', 'ThrottlingRateLimit', 'DataTraceEnabled', 'LoggingLevel', 'DetailedMetricsEnabled'];

/** How many requests a route takes; throws for a setting that is not known. */
export function throttleOf(settings: RouteSettings = {}): Partial<Throttle> {
  const unknown = Object.keys(settings).find(name => !ROUTE_SETTINGS.includes(name));
  if (unknown !== undefined) {
    throw new Error(`the local runtime does not emulate the route setting ${unknown}`);
  }
  const { ThrottlingBurstLimit: burst, ThrottlingRateLimit: rate } = settings;
  return {
    ...(burst === undefined ? {} : { burst: boundedNumber('ThrottlingBurstLimit', burst, 0, Number.MAX_SAFE_INTEGER) }),
    ...(rate === undefined ? {} : { rate: boundedNumber('ThrottlingRateLimit', rate, 0, Number.MAX_SAFE_INTEGER) }),
  };
}
