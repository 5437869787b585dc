import { Server } from 'node:http';
import { ClientOptions, WebSocket } from 'ws';
import { Client } from './clients';
import { HttpResponse, Principal, ResourceRequest, Service, ServiceFactory, TraceEntry } from '../../../../local/kernel/contracts';
import { Kernel } from '../../../../local/kernel/kernel';
import { createResource } from '../../../../local/kernel/properties';
import { systemRandomness } from '../../../../local/kernel/randomness';
import { Trace } from '../../../../local/kernel/trace';
import { apigatewayv2, ExecuteApi } from '../../../../local/services/apigatewayv2';
import { awsJson } from '../../../../local/wire/aws-json';
import { Listener } from '../../../../local/wire/listener';
import { FakeClock } from '../../../support/fake-clock';

export const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' };
export const ROLE = `arn:aws:iam::${ENVIRONMENT.account}:role/gateway`;
export const ACCOUNT: Principal = { kind: 'account', arn: `arn:aws:iam::${ENVIRONMENT.account}:root` };
export const DEFAULT_TEMPLATE = '\\$default';

/** How a handshake was refused. */
export interface Refusal {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** A service that speaks AWS's JSON protocol and answers as a test wants. */
export function jsonService(name: string, targetPrefix: string, operations: Record<string, (input: any) => unknown>): ServiceFactory {
  return () => ({
    name,
    protocols: [awsJson({ version: '1.0', targetPrefix })],
    operations: Object.fromEntries(Object.entries(operations).map(([operation, handle]) => [operation, { permissions: () => [], handle }])),
    resourceTypes: {},
  });
}

/** How a route of a test differs from the usual. */
interface RouteOptions {
  /** Without a route response. */
  readonly oneWay?: boolean;
  readonly route?: object;
  readonly integration?: object;
}

type Responses = ReadonlyArray<Record<string, unknown>>;

/** A runtime of API Gateway and stand-ins for other services, on a real port. */
export class TestGateway {
  static async start(...services: ServiceFactory[]): Promise<TestGateway> {
    const gateway = new TestGateway(services);
    gateway.port = await gateway.listener.listen(0);
    return gateway;
  }

  readonly clock = new FakeClock();
  readonly trace = new Trace();
  readonly entries: TraceEntry[] = [];
  readonly kernel: Kernel;
  readonly listener: Listener;
  port = 0;
  apiId = '';
  private count = 0;

  private constructor(services: ServiceFactory[]) {
    this.kernel = new Kernel({
      services: [apigatewayv2, ...services],
      clock: this.clock,
      randomness: systemRandomness,
      trace: this.trace,
      endpoint: () => `http://127.0.0.1:${this.port}`,
      environment: ENVIRONMENT,
    });
    this.trace.subscribe(entry => this.entries.push(entry));
    this.kernel.roles.define({
      arn: ROLE,
      name: 'gateway',
      trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      policies: [{ name: 'all', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
    });
    this.listener = new Listener({ kernel: this.kernel, account: ENVIRONMENT.account });
  }

  get service(): ExecuteApi {
    return this.kernel.service('execute-api') as Service as ExecuteApi;
  }

  /** Makes a resource of a type such as `Route`, and gives its Ref. */
  declare(type: string, properties: Record<string, unknown>, namespace = 'AWS::ApiGatewayV2'): string {
    const request: ResourceRequest = {
      logicalId: `${type}${this.count++}`,
      type: `${namespace}::${type}`,
      constructPath: `Stack/${type}`,
      stackName: 'Stack',
      environment: ENVIRONMENT,
      properties,
      generateId: length => `${this.count}${'abcdefghij'}`.slice(0, length),
      generateName: () => 'name',
    };
    const resource = createResource(this.service.resourceTypes[request.type], request);
    if (resource instanceof Promise) {
      throw new Error('a resource that takes time is not expected here');
    }
    return resource.ref;
  }

  /** Makes an API with a stage `live` that deploys by itself. */
  api(properties: Record<string, unknown> = {}, stage: Record<string, unknown> = {}): string {
    this.apiId = this.declare('Api', { Name: 'api', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', ...properties });
    this.declare('Stage', { ApiId: this.apiId, StageName: 'live', AutoDeploy: true, ...stage });
    return this.apiId;
  }

  /** Makes a route that answers its client, unless told otherwise. */
  route(key: string, integration: Record<string, unknown>, responses: Responses = [{}], options: RouteOptions = {}): void {
    const ApiId = this.apiId;
    const IntegrationId = this.declare('Integration', { ApiId, TemplateSelectionExpression: DEFAULT_TEMPLATE, PassthroughBehavior: 'NEVER', ...integration });
    responses.forEach(response => this.declare('IntegrationResponse', {
      ApiId, IntegrationId, IntegrationResponseKey: '$default', TemplateSelectionExpression: DEFAULT_TEMPLATE, ...response,
    }));
    const RouteId = this.declare('Route', { ApiId, RouteKey: key, Target: `integrations/${IntegrationId}`, ...options.route });
    if (!options.oneWay) {
      this.declare('RouteResponse', { ApiId, RouteId, RouteResponseKey: '$default' });
    }
  }

  /** Makes a route that API Gateway answers itself. */
  mock(key: string, response: string | undefined, request = '{"statusCode":200}', options?: RouteOptions): void {
    const responses = response === undefined ? [{}] : [{ ResponseTemplates: { $default: response } }];
    this.route(key, { IntegrationType: 'MOCK', RequestTemplates: { $default: request } }, responses, options);
  }

  /** Makes a route that calls an action of an AWS service. */
  action(key: string, action: string, requestTemplate: string, responses?: Responses, options?: RouteOptions): void {
    const [service, name] = action.split(':');
    this.route(key, {
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      IntegrationUri: `arn:aws:apigateway:${ENVIRONMENT.region}:${service}:action/${name}`,
      CredentialsArn: ROLE,
      RequestTemplates: { $default: requestTemplate },
      ...options?.integration,
    }, responses, options);
  }

  url(path = '/live'): string {
    return `ws://127.0.0.1:${this.port}/${this.apiId}${path}`;
  }

  /** A client whose handshake succeeds. */
  connect(path?: string, options: ClientOptions = {}, protocols: string[] = []): Promise<Client> {
    const socket = new WebSocket(this.url(path), protocols, options);
    const client = new Client(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(client));
      socket.on('error', reject);
    });
  }

  /** A client whose handshake is refused. */
  refused(path?: string, options: ClientOptions = {}): Promise<Refusal> {
    const socket = new WebSocket(this.url(path), options);
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => reject(new Error('the handshake was not refused')));
      socket.on('unexpected-response', (_request, response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }));
      });
    });
  }

  /** A request to `@connections` as a service of AWS sends it. */
  manage(method: string, connectionId: string, body = '', stage = 'live', apiId = this.apiId, principal = ACCOUNT): Promise<HttpResponse> {
    return this.kernel.send(principal, 'execute-api', {
      method,
      path: `/${stage}/@connections/${connectionId}`,
      query: '',
      headers: { host: `${apiId}.execute-api.${ENVIRONMENT.region}.${ENVIRONMENT.urlSuffix}` },
      body,
    });
  }

  /** The trace's entries of one kind. */
  traced<Kind extends TraceEntry['kind']>(kind: Kind): Array<Extract<TraceEntry, { kind: Kind }>> {
    return this.entries.filter((entry): entry is Extract<TraceEntry, { kind: Kind }> => entry.kind === kind);
  }

  /** Resolves with the next entry of a kind that a test can wait for. */
  nextTraced<Kind extends TraceEntry['kind']>(kind: Kind): Promise<Extract<TraceEntry, { kind: Kind }>> {
    return new Promise(resolve => {
      const unsubscribe = this.trace.subscribe(entry => {
        if (entry.kind === kind) {
          unsubscribe();
          resolve(entry as Extract<TraceEntry, { kind: Kind }>);
        }
      });
    });
  }

  /** Resolves when the listener has noticed that the client of the next handshake says no more. */
  clientLeaves(): Promise<void> {
    const { server } = this.listener as unknown as { server: Server };
    return new Promise(resolve => server.once('upgrade', (_request, socket) => socket.once('end', () => resolve())));
  }

  stop(): Promise<void> {
    return this.listener.close();
  }
}
