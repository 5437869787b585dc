import { NodeKind, Topology, TopologyEdge, TopologyNode } from './topology-shapes';
import { ProvisionedResource, ResourceRequest } from '../kernel/contracts';

export interface Standing {
  readonly request: ResourceRequest;
  readonly resource: ProvisionedResource;
}

const KINDS: Readonly<Record<string, NodeKind>> = {
  'AWS::ApiGatewayV2::Api': 'api',
  'AWS::ApiGatewayV2::Route': 'route',
  'AWS::DynamoDB::Table': 'table',
  'AWS::DynamoDB::GlobalTable': 'table',
  'AWS::Events::EventBus': 'bus',
  'AWS::Events::Rule': 'rule',
  'AWS::Events::ApiDestination': 'destination',
  'AWS::StepFunctions::StateMachine': 'workflow',
  'AWS::SQS::Queue': 'queue',
  'AWS::SNS::Topic': 'topic',
  'AWS::Kinesis::Stream': 'stream',
  'AWS::Pipes::Pipe': 'pipe',
  'AWS::Lambda::Function': 'function',
  'AWS::Scheduler::Schedule': 'schedule',
};

/** What tells where something comes from: it leads here, not away. */
const ORIGINS = ['EventBusName', 'Source', 'EventSourceArn', 'ApiId'];

const DEFAULT_BUS = 'default';

/** The picture of an app: its resources, and which of them hands on to which, as their own properties say. */
export function topologyOf(resources: readonly Standing[]): Topology {
  const nodes = resources.flatMap(standing => {
    const kind = KINDS[standing.request.type];
    return kind ? [nodeOf(kind, standing)] : [];
  });
  const ownRules = resources.filter(({ request }) => request.type === 'AWS::Events::Rule' && (request.properties.EventBusName ?? DEFAULT_BUS) === DEFAULT_BUS);
  if (ownRules.length > 0 || resources.some(({ request }) => JSON.stringify(request.properties).includes('event-bus/default'))) {
    nodes.push({ id: DEFAULT_BUS, kind: 'bus', label: DEFAULT_BUS, constructPath: '', logicalId: '', names: [DEFAULT_BUS], details: {} });
  }
  const byName = new Map(nodes.flatMap(node => node.names.map(name => [name, node.id] as const)));
  const edges = new Map<string, TopologyEdge>();
  const link = (from: string, to: string) => from !== to && edges.set(`${from} ${to}`, { from, to });

  for (const { request } of resources) {
    const id = idOf(request);
    const kind = KINDS[request.type];
    if (!kind || kind === 'api') {
      continue;
    }
    const { properties } = request;
    const origins = ORIGINS.flatMap(name => named(properties[name], byName));
    origins.forEach(origin => link(origin, id));
    if (kind === 'rule' && origins.length === 0) {
      link(DEFAULT_BUS, id);
    }
    const rest = Object.fromEntries(Object.entries(properties).filter(([name]) => !ORIGINS.includes(name)));
    const used = kind === 'route' ? integrationOf(request, resources) : rest;
    named(used, byName).filter(other => !origins.includes(other)).forEach(other => link(id, other));
  }
  for (const { request: { type, properties } } of resources) {
    if (type === 'AWS::Lambda::EventSourceMapping') {
      named(properties.EventSourceArn, byName).forEach(from => named(properties.FunctionName, byName).forEach(to => link(from, to)));
    }
    if (type === 'AWS::SNS::Subscription') {
      named(properties.TopicArn, byName).forEach(from => named(properties.Endpoint, byName).forEach(to => link(from, to)));
    }
  }
  return { nodes, edges: [...edges.values()].filter(({ from, to }) => !edges.has(`${to} ${from}`) || from < to) };
}

function idOf({ stackName, logicalId }: ResourceRequest): string {
  return `${stackName}.${logicalId}`;
}

function nodeOf(kind: NodeKind, { request, resource }: Standing): TopologyNode {
  const { constructPath, logicalId, properties } = request;
  const path = constructPath.replace(/\/Resource$/, '');
  return {
    id: idOf(request),
    kind,
    label: kind === 'route' ? String(properties.RouteKey) : path.slice(path.lastIndexOf('/') + 1),
    constructPath: path,
    logicalId,
    names: namesOf(kind, request, resource),
    details: detailsOf(kind, request, resource),
  };
}

/** What others call it, and traces. */
function namesOf(kind: NodeKind, { constructPath, properties }: ResourceRequest, { ref, attributes = {} }: ProvisionedResource): string[] {
  if (kind === 'route') {
    return [`${String(properties.ApiId)} ${String(properties.RouteKey)}`];
  }
  const arns = Object.entries(attributes).filter(([name]) => /Arn$/.test(name)).map(([, value]) => String(value));
  const queueNames = kind === 'queue' ? [String(attributes.QueueName)] : [];
  return [...new Set([ref, ...arns, ...queueNames, ...kind === 'workflow' ? [constructPath] : []])];
}

function detailsOf(kind: NodeKind, { properties }: ResourceRequest, { ref, attributes }: ProvisionedResource): Record<string, unknown> {
  switch (kind) {
    case 'api': return { apiId: ref, protocol: properties.ProtocolType, routeSelectionExpression: properties.RouteSelectionExpression };
    case 'route': return { apiId: properties.ApiId, routeKey: properties.RouteKey };
    case 'table': return { tableName: ref, keySchema: properties.KeySchema, timeToLive: properties.TimeToLiveSpecification?.AttributeName };
    case 'bus': return { busName: ref };
    case 'rule': return { ruleName: ref.slice(ref.lastIndexOf('|') + 1), busName: busNameOf(properties.EventBusName), pattern: properties.EventPattern, schedule: properties.ScheduleExpression };
    case 'workflow': return { arn: ref, type: properties.StateMachineType ?? 'STANDARD' };
    case 'queue': return { queueUrl: ref, fifo: properties.FifoQueue };
    case 'pipe': return { pipeName: ref };
    default: return { ref, arn: attributes?.Arn };
  }
}

function busNameOf(given: unknown): string {
  return given === undefined ? DEFAULT_BUS : String(given).replace(/^.*event-bus\//, '');
}

/** What a route does is in its integration. */
function integrationOf({ properties: { Target: target, ApiId: apiId } }: ResourceRequest, resources: readonly Standing[]): unknown {
  const id = typeof target === 'string' ? target.replace(/^integrations\//, '') : undefined;
  const integration = resources.find(({ request, resource }) => request.type === 'AWS::ApiGatewayV2::Integration' && request.properties.ApiId === apiId && resource.ref === id);
  return integration?.request.properties;
}

/** The nodes that a value names anywhere in it. */
function named(value: unknown, byName: ReadonlyMap<string, string>): string[] {
  if (value === undefined) {
    return [];
  }
  const text = JSON.stringify(value);
  return [...new Set([...byName].filter(([name]) => mentions(text, name)).map(([, id]) => id))];
}

/** Whether a text has a name in it, and not only a longer one that begins or ends like it. */
function mentions(text: string, name: string): boolean {
  if (name === DEFAULT_BUS) {
    return text.includes('event-bus/default');
  }
  for (let index = text.indexOf(name); index >= 0; index = text.indexOf(name, index + 1)) {
    if (!/[\w-]/.test(text[index - 1] ?? '') && !/[\w-]/.test(text[index + name.length] ?? '')) {
      return true;
    }
  }
  return false;
}
