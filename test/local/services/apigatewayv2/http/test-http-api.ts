import { request as requestHttp } from 'node:http';
import { HttpResponse, ServiceFactory } from '../../../../../local/kernel/contracts';
import { ENVIRONMENT, ROLE, TestGateway } from '../test-gateway';

export { ENVIRONMENT, ROLE };

/** A runtime with one HTTP API, whose stage `$default` deploys by itself. */
export class TestHttpApi {
  static async start(services: readonly ServiceFactory[] = [], properties: object = {}, stage: object = {}): Promise<TestHttpApi> {
    return new TestHttpApi(await TestGateway.start(...services), properties, stage);
  }

  readonly apiId: string;

  private constructor(readonly gateway: TestGateway, properties: object, stage: object) {
    this.apiId = gateway.declare('Api', { Name: 'api', ProtocolType: 'HTTP', ...properties });
    gateway.declare('Stage', { ApiId: this.apiId, StageName: '$default', AutoDeploy: true, ...stage });
  }

  get url(): string {
    return `http://127.0.0.1:${this.gateway.port}/${this.apiId}`;
  }

  integration(properties: Record<string, unknown>): string {
    return this.gateway.declare('Integration', { ApiId: this.apiId, ...properties });
  }

  route(RouteKey: string, integration: Record<string, unknown>, properties: Record<string, unknown> = {}): void {
    this.gateway.declare('Route', { ApiId: this.apiId, RouteKey, Target: `integrations/${this.integration(integration)}`, ...properties });
  }

  /** A route that puts an event, which tells by its type which route it was. */
  event(RouteKey: string, parameters: Record<string, string> = {}, properties: Record<string, unknown> = {}): void {
    this.route(RouteKey, {
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'EventBridge-PutEvents',
      PayloadFormatVersion: '1.0',
      CredentialsArn: ROLE,
      RequestParameters: { Source: 'test', DetailType: RouteKey, Detail: '$request.body', ...parameters },
      ...properties,
    });
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.url}${path}`, init);
  }

  post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, { method: 'POST', body, headers });
  }

  /** A request exactly as given, which `fetch` would tidy up. */
  raw(path: string, options: { method?: string; headers?: string[]; body?: string } = {}): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const { method = 'POST', body = '', headers = [] } = options;
      const request = requestHttp({
        host: '127.0.0.1',
        port: this.gateway.port,
        path: `/${this.apiId}${path}`,
        method,
        headers: ['Host', '127.0.0.1', 'Content-Length', String(Buffer.byteLength(body)), ...headers] as any,
      }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers as Record<string, string>, body: Buffer.concat(chunks).toString() }));
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  stop(): Promise<void> {
    return this.gateway.stop();
  }
}

/** Tells what the runtime refuses a resource with. */
export function refusal(declare: () => unknown): string {
  try {
    declare();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it is not refused');
}
