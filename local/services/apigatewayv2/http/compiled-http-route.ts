import { HttpAuthorization } from './authorization/authorization';
import { functionAuthorization } from './authorization/function';
import { iamAuthorization } from './authorization/iam';
import { HttpDeclaration, HttpIntegration, HttpRoute } from './declaration';
import { internalServerError, textOf } from './failures';
import { HttpBackend } from './integrations/backend';
import { firstClassBackend } from './integrations/first-class';
import { httpProxyBackend } from './integrations/http-proxy';
import { lambdaBackend } from './integrations/lambda';
import { compileResponseMapping, ResponseMapping } from './integrations/response-parameters';
import { IntegrationScope } from '../pipeline/backend';
import { TokenBucket } from '../token-bucket';

/** A route, ready for requests. */
export interface CompiledHttpRoute {
  readonly authorize?: HttpAuthorization;
  readonly throttle: TokenBucket | undefined;
  readonly backend: HttpBackend;
  readonly mapResponse: ResponseMapping;
}

/** Compiles the routes of one deployment; routes that share an authorizer share what it remembers. */
export class HttpRouteCompiler {
  private readonly authorizers = new Map<string, HttpAuthorization>();

  constructor(private readonly declaration: HttpDeclaration, private readonly scope: IntegrationScope) {}

  compile(route: HttpRoute, throttle: TokenBucket | undefined): CompiledHttpRoute {
    const integration = this.declaration.integrations.get(route.integrationId ?? '');
    if (!integration) {
      throw internalServerError(`the route ${route.routeKey} has no integration`);
    }
    try {
      const mapResponse = compileResponseMapping(integration.responseParameters);
      return { authorize: this.authorization(route), throttle, backend: compileBackend(integration, this.scope), mapResponse };
    } catch (error) {
      // Everything was checked when it was declared, but for what a stage's variables fill in.
      throw internalServerError(textOf(error));
    }
  }

  private authorization({ authorizationType, authorizerId = '' }: HttpRoute): HttpAuthorization | undefined {
    if (authorizationType === 'NONE') {
      return undefined;
    }
    if (authorizationType === 'AWS_IAM') {
      return iamAuthorization(this.scope);
    }
    const authorizer = this.declaration.authorizers.get(authorizerId);
    if (!authorizer) {
      throw new Error(`the deployment has no authorizer with the id ${authorizerId}`);
    }
    const authorization = this.authorizers.get(authorizerId) ?? functionAuthorization(authorizer, this.scope);
    this.authorizers.set(authorizerId, authorization);
    return authorization;
  }
}

function compileBackend(integration: HttpIntegration, scope: IntegrationScope): HttpBackend {
  if (integration.subtype !== undefined) {
    return firstClassBackend(integration, scope);
  }
  return integration.type === 'AWS_PROXY' ? lambdaBackend(integration, scope) : httpProxyBackend(integration, scope);
}
