import { SelectionExpression } from '../selection-expression';
import { Exchange } from './exchange';

/** The route that messages take when no other takes them. */
const CATCH_ALL = '$default';

/** The key of the route that a message takes: what the expression makes of it when there is such a route, else the catch-all. */
export function selectRoute(exchange: Exchange, expression: SelectionExpression, exists: (routeKey: string) => boolean): string | undefined {
  // A message that is no JSON says nothing of its route.
  const key = exchange.json() === undefined ? '' : expression.evaluate(exchange);
  // The gateway's own keys are not for clients to choose: a message is no connection's end.
  if (!key.startsWith('$') && exists(key)) {
    return key;
  }
  return exists(CATCH_ALL) ? CATCH_ALL : undefined;
}
