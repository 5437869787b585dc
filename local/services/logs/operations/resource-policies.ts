import { AwsError } from '../../../kernel/aws-error';
import { Clock, Operation } from '../../../kernel/contracts';
import { ResourcePolicies } from '../resource-policies';
import { Input, text } from './input';
import { Permissions } from './permissions';

/** The policies that let services write into the account's groups. */
export function resourcePolicyOperations(clock: Clock, policies: ResourcePolicies, permissions: Permissions): Record<string, Operation<Input>> {
  return {
    PutResourcePolicy: {
      permissions: () => permissions.on('PutResourcePolicy'),
      handle: input => {
        const policyName = text(input, 'policyName');
        const policyDocument = text(input, 'policyDocument');
        policies.put(policyName, policyDocument);
        return { resourcePolicy: { policyName, policyDocument, lastUpdatedTime: clock.now() } };
      },
    },
    DeleteResourcePolicy: {
      permissions: () => permissions.on('DeleteResourcePolicy'),
      handle: input => {
        const name = text(input, 'policyName');
        if (!policies.delete(name)) {
          throw new AwsError('ResourceNotFoundException', `Policy with name [${name}] does not exist.`);
        }
      },
    },
    DescribeResourcePolicies: {
      permissions: () => permissions.on('DescribeResourcePolicies'),
      handle: () => ({ resourcePolicies: policies.all() }),
    },
  };
}
