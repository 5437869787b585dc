import { ResourceType } from '../../../kernel/contracts';
import { GatewayAccount } from '../logging/gateway-account';

/** AWS::ApiGateway::Account: the one setting that REST and WebSocket APIs share. */
export function accountType(account: GatewayAccount): ResourceType {
  return {
    properties: { used: ['CloudWatchRoleArn'] },
    create: request => {
      account.declare(request.properties.CloudWatchRoleArn, request.environment);
      return { ref: request.generateId(10), attributes: { Id: request.generateId(10) } };
    },
    update: (request, _, resource) => {
      account.declare(request.properties.CloudWatchRoleArn, request.environment);
      return resource;
    },
    delete: () => account.forget(),
  };
}
