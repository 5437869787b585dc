import { ResourceRequest, Service } from '../../kernel/contracts';
import { checkProperties } from '../../kernel/properties';

/** Log groups exist by name, so that others can refer to them. */
export function logs(): Service {
  const createLogGroup = (request: ResourceRequest<{ LogGroupName?: string }>) => {
    checkProperties(request, {
      used: ['LogGroupName'],
      withoutEffect: ['RetentionInDays', 'KmsKeyId', 'Tags', 'LogGroupClass', 'DataProtectionPolicy', 'FieldIndexPolicies', 'DeletionProtectionEnabled'],
    });
    const { environment: { partition, region, account } } = request;
    const name = request.properties.LogGroupName ?? request.generateName(512);
    return { ref: name, attributes: { Arn: `arn:${partition}:logs:${region}:${account}:log-group:${name}:*` } };
  };

  return {
    name: 'logs',
    operations: {},
    resourceTypes: { 'AWS::Logs::LogGroup': { create: createLogGroup } },
  };
}
