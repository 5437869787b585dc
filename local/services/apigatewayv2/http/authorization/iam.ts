import { HttpAuthorization } from './authorization';
import { AwsError } from '../../../../kernel/aws-error';
import { forbidden } from '../../gateway-response';
import { apiArn } from '../../pipeline/api-arn';
import { callerIdentity } from '../../pipeline/authorize-iam';
import { IntegrationScope } from '../../pipeline/backend';

/** The request has to be signed by somebody whose policies allow it to call the route. */
export function iamAuthorization({ context, environment, place }: IntegrationScope): HttpAuthorization {
  return async exchange => {
    const resource = apiArn(environment, place.apiId, `${place.stage}/${exchange.method}${exchange.path}`);
    try {
      const principal = exchange.authenticate();
      await context.invoke({ principal, service: 'execute-api', operation: 'Invoke', input: { resource } });
      exchange.identity = callerIdentity(principal);
    } catch (error) {
      throw error instanceof AwsError ? forbidden(`${error.code}: ${error.message}`) : error;
    }
  };
}
