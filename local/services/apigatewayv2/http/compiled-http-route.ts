import { HttpDeclaration, HttpIntegration, HttpRoute } from './declaration';
import { internalServerError, textOf } from './failures';
import { HttpBackend } from './integrations/backend';
import { firstClassBackend } from './integrations/first-class';
import { compileResponseMapping, ResponseMapping } from './integrations/response-parameters';
import { IntegrationScope } from '../pipeline/backend';
import { TokenBucket } from '../token-bucket';

/** A route, ready for requests. */
export interface CompiledHttpRoute {
  readonly throttle: TokenBucket | undefined;
  readonly backend: HttpBackend;
  readonly mapResponse: ResponseMapping;
}

/** Compiles a route of a deployment. */
export function compileHttpRoute(route: HttpRoute, declaration: HttpDeclaration, scope: IntegrationScope, throttle?: TokenBucket): CompiledHttpRoute {
  const integration = declaration.integrations.get(route.integrationId ?? '');
  if (!integration) {
    throw internalServerError(`the route ${route.routeKey} has no integration`);
  }
  try {
    return { throttle, backend: compileBackend(integration, route, scope), mapResponse: compileResponseMapping(integration.responseParameters) };
  } catch (error) {
    // Everything was checked when it was declared, but for what a stage's variables fill in.
    throw internalServerError(textOf(error));
  }
}

function compileBackend(integration: HttpIntegration, _route: HttpRoute, scope: IntegrationScope): HttpBackend {
  return firstClassBackend(integration, scope);
}
