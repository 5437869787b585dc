import { ResourceRequest, ResourceType, Service } from '../../kernel/contracts';

/** Log groups exist by name, so that others can refer to them. */
export function logs(): Service {
  const logGroup: ResourceType = {
    properties: {
      used: ['LogGroupName'],
      withoutEffect: ['RetentionInDays', 'KmsKeyId', 'Tags', 'LogGroupClass', 'DataProtectionPolicy', 'FieldIndexPolicies', 'DeletionProtectionEnabled'],
    },
    create: (request: ResourceRequest<{ LogGroupName?: string }>) => {
      const { environment: { partition, region, account } } = request;
      const name = request.properties.LogGroupName ?? request.generateName(512);
      return { ref: name, attributes: { Arn: `arn:${partition}:logs:${region}:${account}:log-group:${name}:*` } };
    },
    delete: () => {},
  };
  return { name: 'logs', operations: {}, resourceTypes: { 'AWS::Logs::LogGroup': logGroup } };
}
