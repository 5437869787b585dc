import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EventSocket } from 'cdk-lambdaless-websockets';

/** Clients subscribe to the events of a bus, each with patterns of its own. */
class LambdalessEventBridge extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const socket = new EventSocket(this, 'Socket', { throttle: { rateLimit: 50, burstLimit: 100 } });

    new CfnOutput(this, 'SocketUrl', { value: socket.url });
    new CfnOutput(this, 'BusName', { value: socket.eventBus.eventBusName });
  }
}

export const stack = new LambdalessEventBridge(new App(), 'LambdalessEventBridge');
