import { SUBSCRIPTION_ID_LENGTH } from './subscription-id';
import { SubscriptionQuotas } from './subscription-quotas';
import { EventMessage } from '../push/event-message';
import { ProtocolError } from '../workflows/answers';

/** What an AsyncAPI document says beside the protocol. */
export interface AsyncApiOptions {
  /**
   * The API's title.
   *
   * @default - the id of the construct
   */
  readonly title?: string;

  /**
   * The API's version.
   *
   * @default '1.0.0'
   */
  readonly version?: string;

  /**
   * The host that clients connect to, such as a domain of your own.
   *
   * @default - API Gateway's, with the API's id and the region as variables
   */
  readonly host?: string;
}

export interface AsyncApiProtocol {
  readonly title: string;
  readonly stageName: string;
  /** What hosts of the partition end with. */
  readonly domainSuffix: string;
  readonly quotas: Required<SubscriptionQuotas>;
  readonly errors: readonly ProtocolError[];
  readonly message: EventMessage;
}

const TEXT = { type: 'string' };
const REQUEST_ID = { ...TEXT, description: 'The id with which API Gateway logs the message.' };

/** The fields of an event, whatever its detail is. */
const EVENT = object({
  'version': TEXT,
  'id': { ...TEXT, description: 'The same whenever the event is delivered again.' },
  'detail-type': TEXT,
  'source': TEXT,
  'account': TEXT,
  'time': { ...TEXT, format: 'date-time' },
  'region': TEXT,
  'resources': { type: 'array', items: TEXT },
  'detail': { type: 'object' },
});

/**
 * The protocol of a socket as an AsyncAPI document. As the specification has it, `receive` and `send` are the socket's, not the client's.
 *
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApiDocument(protocol: AsyncApiProtocol, { title = protocol.title, version = '1.0.0', host }: AsyncApiOptions): Record<string, any> {
  const messages = messagesOf(protocol);
  const reference = (name: string) => ({ $ref: `#/channels/socket/messages/${name}` });
  const exchange = (request: string, answer: string, summary: string, errors: boolean = true) => ({
    action: 'receive',
    summary,
    channel: { $ref: '#/channels/socket' },
    messages: [reference(request)],
    reply: { channel: { $ref: '#/channels/socket' }, messages: [reference(answer), ...errors ? [reference('error')] : []] },
  });
  return {
    asyncapi: '3.0.0',
    info: { title, version, description: 'Clients subscribe to events with EventBridge event patterns.' },
    defaultContentType: 'application/json',
    servers: {
      [protocol.stageName]: {
        protocol: 'wss',
        pathname: `/${protocol.stageName}`,
        ...host === undefined ? {
          host: `{apiId}.execute-api.{region}.${protocol.domainSuffix}`,
          variables: { apiId: { description: "The API's id." }, region: { description: 'The region that the API is in.' } },
        } : { host },
      },
    },
    channels: {
      socket: {
        description: 'The one WebSocket connection of a client.',
        messages: Object.fromEntries(Object.keys(messages).map(name => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    operations: {
      subscribe: exchange('subscribe', 'subscribed', 'Subscribes to the events that match a pattern, or replaces the subscription of the same id.'),
      unsubscribe: exchange('unsubscribe', 'unsubscribed', 'Ends a subscription.'),
      subscriptions: exchange('subscriptions', 'subscriptionList', "Lists the connection's subscriptions, a page at a time."),
      ping: exchange('ping', 'pong', 'Keeps the connection, which ends after ten minutes without traffic.', false),
      deliver: { action: 'send', summary: 'Delivers an event, at least once for each subscription that it matches.', channel: { $ref: '#/channels/socket' }, messages: [reference('event')] },
    },
    components: { messages },
  };
}

function messagesOf({ quotas, errors, message }: AsyncApiProtocol): Record<string, object> {
  const subscriptionId = { ...TEXT, description: 'Chosen by the client; its own on this connection.', pattern: `^[A-Za-z0-9_.:-]{1,${SUBSCRIPTION_ID_LENGTH}}$` };
  const pattern = {
    type: 'object',
    description: `An EventBridge event pattern, at most ${quotas.patternCharacters} characters of JSON.`,
    externalDocs: { url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html' },
  };
  const action = (name: string) => ({ const: name });
  const answer = (type: string, members: Record<string, object>, optional: readonly string[] = []) =>
    object({ type: { const: type }, ...members, requestId: REQUEST_ID }, optional);
  const payloads: Record<string, object> = {
    subscribe: object({ action: { enum: ['subscribe', 'pattern'] }, pattern, subscriptionId }, ['subscriptionId']),
    subscribed: answer('subscribed', { subscriptionId }),
    unsubscribe: object({ action: action('unsubscribe'), subscriptionId }),
    unsubscribed: answer('unsubscribed', { subscriptionId }),
    subscriptions: object({ action: action('subscriptions'), startAfter: { ...TEXT, description: 'The `next` of the answer before.' } }, ['startAfter']),
    subscriptionList: answer('subscriptions', {
      subscriptions: { type: 'array', items: object({ subscriptionId, pattern }) },
      next: { ...TEXT, description: 'There are more: send it as `startAfter`.' },
    }, ['next']),
    ping: object({ action: action('ping') }),
    pong: answer('pong', {}),
    error: answer('error', {
      error: object({
        code: { ...TEXT, description: 'A word that programs go by.', examples: [...errors.map(({ code }) => code), 'Unavailable'] },
        message: { ...TEXT, description: 'A sentence for people.' },
        retryable: { type: 'boolean', description: 'Whether the same message may succeed later.' },
      }),
    }),
    event: message._schema(EVENT),
  };
  return Object.fromEntries(Object.entries(payloads).map(([name, payload]) => [name, { name, payload }]));
}

function object(properties: Record<string, object>, optional: readonly string[] = []): object {
  return { type: 'object', properties, required: Object.keys(properties).filter(name => !optional.includes(name)) };
}
