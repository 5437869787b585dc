import { Service, ServiceContext } from '../../kernel/contracts';
import { awsQuery } from '../../wire/aws-query';

/** AWS Security Token Service: who is calling. */
export function sts(context: ServiceContext): Service {
  return {
    name: 'sts',
    protocols: [awsQuery({ version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' })],
    operations: {
      GetCallerIdentity: {
        // AWS lets everybody ask, whatever a policy says.
        permissions: () => [],
        handle: (_, { principal }) => ({ Arn: principal.arn, UserId: context.environment.account, Account: context.environment.account }),
      },
    },
    resourceTypes: {},
  };
}
