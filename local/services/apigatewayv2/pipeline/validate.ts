import { GatewayFailure } from '../gateway-response';
import { compileVariable } from '../variables';
import { Exchange } from './exchange';

/** Checks that a `$connect` request has the parameters its route requires. */
export type ParameterCheck = (exchange: Exchange) => void;

/** Compiles the check; `declared` has the parameters' names, such as `route.request.querystring.token`, and whether each is required. */
export function compileParameterCheck(declared: ReadonlyMap<string, boolean>): ParameterCheck {
  const required = [...declared].filter(([, isRequired]) => isRequired).map(([name]) => ({
    name: name.slice(name.lastIndexOf('.') + 1),
    read: compileVariable(name.replace(/^route\./, ''), ['request.parameters']),
  }));
  return exchange => {
    const missing = required.filter(({ read }) => read(exchange) === undefined).map(({ name }) => name);
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(', ')}]`;
      throw new GatewayFailure(400, message, `the route ${exchange.routeKey} requires them`);
    }
  };
}
