import { readdirSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Admission, EventMessage, EventSocket, EventSocketProps, MockIntegration, RequestModel, SubscriptionConstraint, SubscriptionEngine, WebSocketApiKey,
  WebSocketEndpoint, WebSocketMonitoring,
} from '../../src';

const EXAMPLES = join(__dirname, '../../examples');

/** Options of an EventSocket, of which each changes the template in its own way. */
const SOCKETS: Record<string, (stack: Stack) => EventSocketProps> = {
  'EventSocket': () => ({}),
  'EventSocket with a bus of its author': stack => ({
    eventBus: EventBus.fromEventBusName(stack, 'Bus', 'orders'), eventPattern: { source: ['shop'] }, deadLetterQueue: Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:111111111111:letters'),
  }),
  'EventSocket with tickets': () => ({
    admission: Admission.ticket({ claims: ['tenantId'] }).withOrigins(['https://shop.example']),
    allow: [SubscriptionConstraint.fieldEqualsClaim('detail.tenantId', 'tenantId'), SubscriptionConstraint.fieldEquals('source', 'shop')],
    indexedFields: ['detail.orderId'],
    quotas: { subscriptionsPerConnection: 5 },
    message: EventMessage.envelope(),
    shards: 4,
  }),
  'EventSocket with rules': () => ({ engine: SubscriptionEngine.rules() }),
};

/** Every example, and every construct, with the options that change its template most: what cdk-nag, cfn-lint and upgrades are held against. */
export function specimens(): ReadonlyMap<string, Stack> {
  return new Map([
    ...Object.entries(SOCKETS).map(([name, props]) => [name, made(stack => new EventSocket(stack, 'Socket', props(stack)))] as const),
    ['WebSocketEndpoint', made(endpoint)],
    ...readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => [`examples/${name}`, example(name)] as const),
  ]);
}

function made(make: (stack: Stack) => unknown): Stack {
  const stack = new Stack(new App(), 'Stack');
  make(stack);
  return stack;
}

function endpoint(stack: Stack): void {
  const accessLogGroup = new LogGroup(stack, 'AccessLog');
  const socket = new WebSocketEndpoint(stack, 'Endpoint', { accessLogGroup, detailedMetricsEnabled: true });
  const route = socket.addRoute('$connect', new MockIntegration('Connect'));
  new RequestModel(route, 'Model', { route, schema: { type: 'object' } });
  new WebSocketApiKey(stack, 'Key', { stage: socket.stage });
  new WebSocketMonitoring(stack, 'Monitoring', { watched: [socket] });
}

/** The stack that an example makes: its app is caught when it comes into being. */
function example(name: string): Stack {
  const original = Object.getOwnPropertyDescriptor(cdk, 'App')!;
  const apps: App[] = [];
  class CaughtApp extends App {
    constructor() {
      super();
      apps.push(this);
    }
  }
  Object.defineProperty(cdk, 'App', { configurable: true, enumerable: true, value: CaughtApp });
  try {
    jest.requireActual(join(EXAMPLES, name, 'app'));
  } finally {
    Object.defineProperty(cdk, 'App', original);
  }
  return apps[0].node.children.find(Stack.isStack)!;
}
