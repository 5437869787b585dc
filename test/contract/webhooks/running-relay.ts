import { CfnOutput, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Authorization } from 'aws-cdk-lib/aws-events';
import { WebhookRelay, WebSocketEndpoint } from '../../../src';
import { StillApp } from '../../support/still-app';
import { ThirdParty, ThirdPartyRequest } from '../../support/third-party';

/** A relay on the CDK's own WebSocketApi, with a third party, in the runtime. */
export class RunningRelay extends StillApp {
  readonly thirdParty = new ThirdParty();

  constructor() {
    super(async stack => declare(stack, await this.thirdParty.start()));
  }

  /** What the third party got, once it has got so many requests. */
  async request(count: number): Promise<ThirdPartyRequest> {
    await this.until(() => this.thirdParty.requests.length >= count);
    return this.thirdParty.requests[count - 1];
  }

  /** A client whose message has reached the third party, and how to answer it. */
  async ordered(data: unknown = { item: 'tea' }) {
    const client = await this.open();
    const count = this.thirdParty.requests.length + 1;
    const ack = await client.request({ action: 'order', data });
    const { body } = await this.request(count);
    return { client, ack, callbackUrl: body.callbackUrl as string };
  }

  async stop(): Promise<void> {
    await super.stop();
    await this.thirdParty.stop();
  }
}

function declare(stack: Stack, url: string): void {
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
}

/** Answers as a third party does. */
export function callBack(url: string, answer: unknown): Promise<Response> {
  return callBackWith(url, JSON.stringify(answer));
}

/** Answers with whatever body. */
export function callBackWith(url: string, body: string, type: string = 'application/json'): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
}
