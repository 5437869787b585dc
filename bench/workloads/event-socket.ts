import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { EventSocket } from 'cdk-lambdaless-websockets';

/** The example lambdaless-eventbridge, but for its throttle: all clients come at once here, and what is measured is how fast they are served. */
const stack = new Stack(new App(), 'Bench');
const socket = new EventSocket(stack, 'Socket', { throttle: { rateLimit: 100_000, burstLimit: 100_000 } });
new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
