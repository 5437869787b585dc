const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const { EventSocket } = require('cdk-lambdaless-websockets');

const stack = new Stack(new App(), 'Consumer');
const socket = new EventSocket(stack, 'Socket');
new CfnOutput(stack, 'SocketUrl', { value: socket.url });
new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
