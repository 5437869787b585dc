import { App, CfnOutput, CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import { Authorization } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { WebhookRelay, WebSocketEndpoint } from 'cdk-lambdaless-websockets';

/** Orders that somebody else carries out, and tells of later. */
class Webhook extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // The third party of server.mjs; on AWS: cdk deploy --parameters ThirdPartyUrl=https://…
    const url = new CfnParameter(this, 'ThirdPartyUrl', { default: 'http://127.0.0.1:4520/orders' });
    const key = new CfnParameter(this, 'ThirdPartyKey', { default: 'key-for-local-use', noEcho: true });

    const endpoint = new WebSocketEndpoint(this, 'Endpoint');
    const relay = new WebhookRelay(this, 'Relay', {
      endpoint,
      url: url.valueAsString,
      authorization: Authorization.apiKey('x-api-key', SecretValue.cfnParameter(key)),
      retryAttempts: 5,
    });
    // What the third party bears.
    endpoint.addRoute('order', relay.integration('Order'), { throttle: { rateLimit: 20, burstLimit: 50 } });

    new CfnOutput(this, 'SocketUrl', { value: endpoint.url });
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: relay.deadLetterQueue.queueUrl });
  }
}

export const stack = new Webhook(new App(), 'Webhook');
