import { Target } from './event-bus';
import { EventBuses } from './event-buses';
import { targetKind } from './targets';
import { compileEventPattern } from '../../engines/event-pattern';
import { compileTargetInput } from '../../engines/input-transformer';
import { ProvisionedResource, ResourceRequest, ResourceType } from '../../kernel/contracts';

interface TargetProperties {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
  readonly RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
}

interface RuleProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: unknown;
  readonly State?: string;
  readonly Targets?: TargetProperties[];
}

const TARGET_PROPERTIES = ['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'RetryPolicy'];
const RETRY_ATTEMPTS = 185;
const RETRY_SECONDS = 24 * 60 * 60;

/** How buses and rules come into being. */
export function resourceTypes(buses: EventBuses): Record<string, ResourceType> {
  return {
    'AWS::Events::EventBus': {
      properties: { used: ['Name'], withoutEffect: ['Description', 'KmsKeyIdentifier', 'Tags', 'LogConfig'] },
      create: request => createEventBus(buses, request),
      delete: (_, { ref }) => buses.delete(ref),
    },
    'AWS::Events::Rule': {
      properties: { used: ['Name', 'EventBusName', 'EventPattern', 'State', 'Targets', 'Description'], withoutEffect: ['Tags'] },
      create: request => createRule(buses, request),
      delete: (request, { attributes }) => buses.find(request.properties.EventBusName)?.deleteRule(String(attributes!.Arn)),
    },
  };
}

function createEventBus(buses: EventBuses, request: ResourceRequest<{ Name: string }>): ProvisionedResource {
  const bus = buses.create(request.properties.Name, request.environment);
  return { ref: bus.name, attributes: { Arn: bus.arn, Name: bus.name } };
}

function createRule(buses: EventBuses, request: ResourceRequest<RuleProperties>): ProvisionedResource {
  const { properties, environment } = request;
  if (properties.EventPattern === undefined) {
    throw new Error('a rule needs an EventPattern: the local runtime does not emulate schedules');
  }
  const bus = buses.get(properties.EventBusName);
  const name = properties.Name ?? request.generateName(64);
  const scope = bus.name === 'default' ? name : `${bus.name}/${name}`;
  const arn = `arn:${environment.partition}:events:${environment.region}:${environment.account}:rule/${scope}`;
  const patternText = JSON.stringify(properties.EventPattern);
  bus.addRule({
    name,
    arn,
    description: properties.Description,
    patternText,
    pattern: compileEventPattern(patternText),
    enabled: properties.State !== 'DISABLED',
    targets: (properties.Targets ?? []).map(createTarget),
  });
  return { ref: bus.name === 'default' ? name : `${bus.name}|${name}`, attributes: { Arn: arn } };
}

function createTarget(properties: TargetProperties): Target {
  const unknown = Object.keys(properties).find(name => !TARGET_PROPERTIES.includes(name));
  if (unknown) {
    throw new Error(`the local runtime does not emulate the property ${unknown} of a rule's target`);
  }
  targetKind(properties.Arn);
  return {
    id: properties.Id,
    arn: properties.Arn,
    roleArn: properties.RoleArn,
    input: compileTargetInput(properties),
    maximumRetryAttempts: properties.RetryPolicy?.MaximumRetryAttempts ?? RETRY_ATTEMPTS,
    maximumEventAgeSeconds: properties.RetryPolicy?.MaximumEventAgeInSeconds ?? RETRY_SECONDS,
  };
}
