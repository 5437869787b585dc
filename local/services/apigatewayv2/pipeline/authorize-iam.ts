import { AwsError } from '../../../kernel/aws-error';
import { Principal } from '../../../kernel/contracts';
import { GatewayFailure } from '../gateway-response';
import { requestContext } from '../request-context';
import { apiArn } from './api-arn';
import { Authorization } from './authorize';
import { IntegrationScope } from './backend';

/** The handshake has to be signed, in its headers or its query, by somebody whose policies allow it to connect. */
export function iamAuthorization({ context, environment, place }: IntegrationScope): Authorization {
  const resource = apiArn(environment, place.apiId, `${place.stage}/$connect`);
  return async exchange => {
    try {
      const principal = exchange.authenticate();
      await context.invoke({ principal, service: 'execute-api', operation: 'Invoke', input: { resource } });
      exchange.connection.caller = callerIdentity(principal);
    } catch (error) {
      throw error instanceof AwsError ? new GatewayFailure(403, error.message, error.code) : error;
    }
    exchange.context = requestContext(exchange);
  };
}

/** What `$context.identity` says of who signed. */
export function callerIdentity({ arn, roleArn }: Principal): Record<string, string> {
  const account = arn.split(':')[4];
  const user = roleArn === undefined ? account : arn.slice(arn.indexOf('/') + 1).replace('/', ':');
  return { accountId: account, caller: user, user, userArn: arn };
}
