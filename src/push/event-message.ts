import { Token } from 'aws-cdk-lib';
import { FieldPath } from './field-path';
import { InvalidValueError } from '../validation/invalid-value-error';

/** A value of an event, for a message that is made of it. */
export class MessageValue {
  /** The whole event. */
  static event(): MessageValue {
    return new MessageValue('$event');
  }

  /**
   * A field of the event, whatever it holds; null when the event has none.
   *
   * @param path such as `detail-type` or `detail.orderId`
   */
  static field(path: string): MessageValue {
    const { ofEvent } = new FieldPath(path, 'MessageValue.field');
    return new MessageValue(`($exists(${ofEvent}) ? ${ofEvent} : null)`);
  }

  /** The id of the subscription that the event matched: the client's own, if it chose one. */
  static subscriptionId(): MessageValue {
    return new MessageValue('$states.input.subscriptionId.S');
  }

  private constructor(/** @internal */ readonly _expression: string) {}
}

/** What a client receives for an event that it subscribed to. */
export class EventMessage {
  /** The event as it is on the bus. */
  static event(): EventMessage {
    return new EventMessage(MessageValue.event());
  }

  /** `{ "type": "event", "subscriptionId": …, "event": … }`: clients with several subscriptions see which one an event belongs to. */
  static envelope(): EventMessage {
    return EventMessage.of({ type: 'event', subscriptionId: MessageValue.subscriptionId(), event: MessageValue.event() });
  }

  /**
   * A message of your own.
   *
   * @param template an object of texts, numbers, lists and objects, with `MessageValue`s in the places of what comes from the event
   */
  static of(template: Record<string, any>): EventMessage {
    return new EventMessage(template);
  }

  private constructor(private readonly template: unknown) {}

  /**
   * Whether it is the event and nothing else.
   *
   * @internal
   */
  get _wholeEvent(): boolean {
    return this.template instanceof MessageValue && this.template._expression === '$event';
  }

  /**
   * The message as a state's argument.
   *
   * @internal
   */
  _render(): unknown {
    return render(this.template);
  }

  /**
   * The JSON Schema of the message, given that of an event.
   *
   * @internal
   */
  _schema(event: object): object {
    return schema(this.template, event);
  }
}

function schema(value: unknown, event: object): object {
  if (value instanceof MessageValue) {
    return value._expression === MessageValue.event()._expression ? event : value._expression === MessageValue.subscriptionId()._expression ? { type: 'string' } : {};
  }
  if (Token.isUnresolved(value)) {
    return {};
  }
  if (Array.isArray(value)) {
    return { type: 'array', items: value.map(each => schema(each, event)), minItems: value.length, maxItems: value.length };
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => [name, schema(member, event)]);
    return { type: 'object', properties: Object.fromEntries(members), required: Object.keys(value) };
  }
  return { const: value };
}

function render(value: unknown): unknown {
  if (value instanceof MessageValue) {
    return `{% ${value._expression} %}`;
  }
  if (typeof value === 'string' && value.trimStart().startsWith('{%') && !Token.isUnresolved(value)) {
    throw new InvalidValueError('messageExpression', `EventMessage.of: ${JSON.stringify(value)} would be an expression of Step Functions. Place values of the event with MessageValue.`);
  }
  if (typeof value === 'object' && Token.isUnresolved(value)) {
    throw new InvalidValueError('messageUnknown', 'EventMessage.of: a list or an object that only CloudFormation will know cannot stand in a message, since it takes a Lambda function to write it as JSON. Take elements of lists with Fn.select().');
  }
  if (Array.isArray(value)) {
    return value.map(render);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, render(member)]));
  }
  return value;
}
