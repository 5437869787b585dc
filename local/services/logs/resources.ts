import { LogGroups } from './groups/log-groups';
import { compileFilterPattern } from './operations/filter-log-events';
import { checkRetention } from './operations/log-groups';
import { ResourcePolicies } from './resource-policies';
import { ProvisionedResource, ResourceRequest, ResourceType } from '../../kernel/contracts';

interface LogGroupProperties {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number | string;
  readonly Tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
}

interface MetricFilterProperties {
  readonly LogGroupName: string;
  readonly FilterName?: string;
  readonly FilterPattern: string;
}

interface LogStreamProperties {
  readonly LogGroupName: string;
  readonly LogStreamName?: string;
}

/** How groups and what belongs to them come into being. Subscription filters are not among them: what they send on would be missed. */
export function resourceTypes(groups: LogGroups, policies: ResourcePolicies): Record<string, ResourceType> {
  return {
    'AWS::Logs::LogGroup': {
      properties: {
        used: ['LogGroupName', 'RetentionInDays', 'Tags'],
        withoutEffect: ['KmsKeyId', 'LogGroupClass', 'FieldIndexPolicies', 'DeletionProtectionEnabled'],
      },
      create: request => createLogGroup(groups, request),
      update: (request, _, resource) => updateLogGroup(groups, request, resource),
      replacedBy: ['LogGroupName'],
      delete: (_, { ref }) => groups.delete(ref),
    },
    'AWS::Logs::LogStream': {
      properties: { used: ['LogGroupName', 'LogStreamName'] },
      create: request => createLogStream(groups, request),
      delete: ({ properties }, { ref }) => groups.find(properties.LogGroupName)?.deleteStream(ref),
    },
    // There are no metrics here, and so nothing follows from counting into them.
    'AWS::Logs::MetricFilter': {
      properties: {
        used: ['LogGroupName', 'FilterName', 'FilterPattern'],
        withoutEffect: ['MetricTransformations', 'ApplyOnTransformedLogs', 'EmitSystemFieldDimensions', 'FieldSelectionCriteria'],
      },
      create: request => createMetricFilter(groups, request),
      delete: ({ properties }, { ref }) => {
        groups.find(properties.LogGroupName)?.metricFilters.delete(ref);
      },
    },
    // Queries are refused when they are started; one that is only kept changes nothing.
    'AWS::Logs::QueryDefinition': {
      properties: { used: ['Name'], withoutEffect: ['QueryString', 'LogGroupNames', 'QueryLanguage', 'Parameters'] },
      create: request => ({ ref: request.generateId(36), attributes: { QueryDefinitionId: request.generateId(36) } }),
      delete: () => {},
    },
    'AWS::Logs::ResourcePolicy': {
      properties: { used: ['PolicyName', 'PolicyDocument'] },
      create: ({ properties }) => {
        policies.put(properties.PolicyName, typeof properties.PolicyDocument === 'string' ? properties.PolicyDocument : JSON.stringify(properties.PolicyDocument));
        return { ref: properties.PolicyName };
      },
      delete: (_, { ref }) => {
        policies.delete(ref);
      },
    },
  };
}

function createLogGroup(groups: LogGroups, request: ResourceRequest<LogGroupProperties>): ProvisionedResource {
  const { properties, environment } = request;
  const name = properties.LogGroupName ?? request.generateName(512);
  const group = groups.create(name, { environment, retentionInDays: retentionOf(properties), tags: tagsOf(properties) });
  return { ref: name, attributes: { Arn: `${group.arn}:*` } };
}

/** What has been logged stays, as far as the new retention keeps it. */
function updateLogGroup(groups: LogGroups, { properties }: ResourceRequest<LogGroupProperties>, resource: ProvisionedResource): ProvisionedResource {
  const group = groups.get(resource.ref);
  group.retentionInDays = retentionOf(properties);
  group.tags.clear();
  Object.entries(tagsOf(properties)).forEach(([key, value]) => group.tags.set(key, value));
  return resource;
}

function createLogStream(groups: LogGroups, request: ResourceRequest<LogStreamProperties>): ProvisionedResource {
  const { LogGroupName: groupName, LogStreamName: name = request.generateName(512) } = request.properties;
  const group = groups.get(groupName);
  if (group.streams.has(name)) {
    throw new Error('The specified log stream already exists');
  }
  group.addStream(name, groups.now());
  return { ref: name };
}

function createMetricFilter(groups: LogGroups, request: ResourceRequest<MetricFilterProperties>): ProvisionedResource {
  const { LogGroupName: groupName, FilterName: name = request.generateName(512), FilterPattern: pattern } = request.properties;
  compileFilterPattern(pattern);
  groups.get(groupName).metricFilters.add(name);
  return { ref: name };
}

function retentionOf({ RetentionInDays: days }: LogGroupProperties): number | undefined {
  return days === undefined ? undefined : checkRetention(Number(days));
}

function tagsOf({ Tags: tags = [] }: LogGroupProperties): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
