import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  Broadcast, ConnectionSweeper, ConnectionTable, DirectMessage, EventMessage, MessageValue, MockIntegration, Presence, Response, Value, WebSocketEndpoint,
} from 'cdk-lambdaless-websockets';

/** Everybody, or one: with who is there, a welcome, and news of who comes and goes. */
class Webchat extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const endpoint = new WebSocketEndpoint(this, 'Endpoint');
    const connections = new ConnectionTable(this, 'Connections', { attributes: { nickname: Value.queryString('nickname').withDefault('somebody') } });
    endpoint.addConnectionRoutes(connections);
    endpoint.addRoute('list', connections.listIntegration('List'));

    const message = (type: string) => Value.object({ type: Value.literal(type), from: Value.connectionId(), message: Value.body('$.message').asString() });
    const schema = { type: 'object', required: ['message'], properties: { message: { type: 'string', minLength: 1, maxLength: 4000 } } };

    const broadcast = new Broadcast(this, 'Broadcast', { endpoint, connections });
    // One of these is a message to each connection: a flood of them ends here.
    endpoint.addRoute('broadcast', broadcast.integration('Broadcast', { message: message('broadcast'), exceptSender: true }), { schema, throttle: { rateLimit: 10, burstLimit: 20 } });

    const directMessage = new DirectMessage(this, 'DirectMessage', { endpoint, connections });
    endpoint.addRoute('chat', directMessage.integration('Chat', { to: Value.body('$.connection').optional(), message: message('chat') }), { schema });

    endpoint.addRoute('$default', new MockIntegration('UnknownAction', {
      response: Response.json(Value.object({
        type: Value.literal('error'),
        error: Value.literal({ code: 'UnknownAction', message: 'The action must be broadcast, chat or list.', retryable: false }),
        requestId: Value.requestId(),
      })),
    }));

    const presence = new Presence(this, 'Presence', { connections });
    const who = MessageValue.field('detail.connectionId');
    const nickname = MessageValue.field('detail.attributes.nickname');
    presence.welcome('Welcome', directMessage, EventMessage.of({ type: 'welcome', connection: who, nickname }));
    broadcast.onEvent('Joined', { eventBus: presence.eventBus, eventPattern: presence.joined, message: EventMessage.of({ type: 'joined', connection: who, nickname }), except: who });
    broadcast.onEvent('Left', {
      eventBus: presence.eventBus,
      eventPattern: presence.left,
      message: EventMessage.of({ type: 'left', connection: who, nickname, reason: MessageValue.field('detail.reason') }),
    });
    const sweeper = new ConnectionSweeper(this, 'Sweeper', { endpoint, connections, interval: Duration.minutes(1) });

    new CfnOutput(this, 'SocketUrl', { value: endpoint.url });
    new CfnOutput(this, 'ConnectionTableName', { value: connections.table.tableName });
    new CfnOutput(this, 'SweeperArn', { value: sweeper.workflow.stateMachineArn });
  }
}

export const stack = new Webchat(new App(), 'Webchat');
