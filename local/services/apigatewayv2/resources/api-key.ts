import { ProvisionedResource, ResourceRequest, ResourceType } from '../../../kernel/contracts';
import { ApiKeys } from '../api-keys';
import { isTrue } from './values';

interface ApiKeyProperties {
  readonly Value?: string;
  readonly Enabled?: boolean | string;
}

const MINIMUM_VALUE = 20;

/** AWS::ApiGateway::ApiKey */
export function apiKeyType(apiKeys: ApiKeys): ResourceType {
  return {
    properties: { used: ['Value', 'Enabled'], withoutEffect: ['CustomerId', 'Description', 'GenerateDistinctId', 'Name', 'StageKeys', 'Tags'] },
    create: request => createApiKey(apiKeys, request),
    delete: (_, { ref }) => apiKeys.deleteKey(ref),
  };
}

function createApiKey(apiKeys: ApiKeys, { properties, generateId }: ResourceRequest<ApiKeyProperties>): ProvisionedResource {
  const id = generateId(10);
  const value = properties.Value ?? generateId(40);
  if (value.length < MINIMUM_VALUE) {
    throw new Error(`API Key value should be at least ${MINIMUM_VALUE} characters`);
  }
  apiKeys.addKey({ id, value, isEnabled: isTrue(properties.Enabled) });
  return { ref: id, attributes: { APIKeyId: id } };
}
