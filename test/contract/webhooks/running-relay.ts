import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Authorization } from 'aws-cdk-lib/aws-events';
import { WebSocketClient } from '../../../integ/websocket-client';
import { TraceEntry } from '../../../local/kernel/contracts';
import { loadAssembly } from '../../../local/kernel/template';
import { Runtime, startRuntime } from '../../../local/main';
import { WebhookRelay, WebSocketEndpoint } from '../../../src';
import { FakeClock } from '../../support/fake-clock';
import { Faults } from '../../support/faults';
import { eventually } from '../../support/test-kernel';
import { ThirdParty, ThirdPartyRequest } from '../../support/third-party';

/** A relay on the CDK's own WebSocketApi, with a third party, in the runtime. */
export class RunningRelay {
  readonly clock = new FakeClock();
  readonly faults = new Faults();
  readonly thirdParty = new ThirdParty();
  readonly entries: TraceEntry[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), 'contract-'));
  private runtime?: Runtime;

  async start(): Promise<void> {
    const url = await this.thirdParty.start();
    const app = new App({ outdir: this.directory });
    const stack = new Stack(app, 'Stack');
    const api = new WebSocketApi(stack, 'Api', { routeSelectionExpression: '$request.body.action' });
    const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'prod', autoDeploy: true });
    const endpoint = WebSocketEndpoint.fromWebSocketEndpointAttributes(stack, 'Endpoint', { apiId: api.apiId, stageName: stage.stageName });
    const relay = new WebhookRelay(stack, 'Relay', {
      endpoint,
      url: `${url}/orders`,
      authorization: Authorization.apiKey('x-api-key', SecretValue.unsafePlainText('s3cret')),
      answerWithin: Duration.minutes(2),
      retryAttempts: 2,
    });
    api.addRoute('order', { integration: relay.integration('Order'), returnResponse: true });
    new CfnOutput(stack, 'Url', { value: stage.url });
    new CfnOutput(stack, 'QueueUrl', { value: relay.deadLetterQueue.queueUrl });
    new CfnOutput(stack, 'CallbackApiId', { value: relay.callbackApi.apiId });
    new CfnOutput(stack, 'TableName', { value: relay.table.tableName });
    app.synth();
    this.runtime = await startRuntime({
      stacks: loadAssembly(this.directory),
      port: 0,
      clock: this.clock,
      services: this.faults.services,
      watch: trace => trace.subscribe(entry => this.entries.push(entry)),
    });
  }

  get endpoint(): string {
    return this.runtime!.endpoint;
  }

  output(name: string): string {
    return this.runtime!.stacks[0].outputs[name];
  }

  connect(): Promise<WebSocketClient> {
    return WebSocketClient.connect(this.output('Url'));
  }

  /** What the third party got, once it has got so many requests. */
  async request(count: number): Promise<ThirdPartyRequest> {
    await eventually(() => this.thirdParty.requests.length >= count);
    return this.thirdParty.requests[count - 1];
  }

  /** A client whose message has reached the third party, and how to answer it. */
  async ordered(data: unknown = { item: 'tea' }) {
    const client = await this.connect();
    const count = this.thirdParty.requests.length + 1;
    const ack = await client.request({ action: 'order', data });
    const { body } = await this.request(count);
    return { client, ack, callbackUrl: body.callbackUrl as string };
  }

  async stop(): Promise<void> {
    await this.runtime?.stop();
    await this.thirdParty.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Answers as a third party does. */
export function callBack(url: string, answer: unknown): Promise<Response> {
  return callBackWith(url, JSON.stringify(answer));
}

/** Answers with whatever body. */
export function callBackWith(url: string, body: string, type: string = 'application/json'): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
}
