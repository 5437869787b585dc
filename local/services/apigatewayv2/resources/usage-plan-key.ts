import { ResourceType } from '../../../kernel/contracts';
import { ApiKeys } from '../api-keys';
import { required } from './values';

/** AWS::ApiGateway::UsagePlanKey: a key becomes part of a plan. */
export function usagePlanKeyType(apiKeys: ApiKeys): ResourceType {
  return {
    properties: { used: ['KeyId', 'KeyType', 'UsagePlanId'] },
    create: ({ properties: { KeyId: keyId, KeyType: type, UsagePlanId: planId } }) => {
      if (type !== 'API_KEY') {
        throw new Error(`KeyType has to be API_KEY, not ${type}`);
      }
      const id = apiKeys.addMember(required('UsagePlanId', planId), required('KeyId', keyId));
      return { ref: id, attributes: { Id: id } };
    },
    delete: (_, { ref }) => apiKeys.deleteMember(ref),
  };
}
