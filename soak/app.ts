import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { EventSocket } from 'cdk-lambdaless-websockets';

/** An EventSocket of many rooms, as large systems have it: an event reads the subscriptions of its room, and of its tags. */
const stack = new Stack(new App(), 'Soak');
const socket = new EventSocket(stack, 'Socket', { indexedFields: ['detail.room', 'detail.tags'] });
new CfnOutput(stack, 'SocketUrl', { value: socket.url });
new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
