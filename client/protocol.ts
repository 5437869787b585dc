/** The messages of docs/protocol.md, as a client sees them. */
import { ClientProblem } from './client-problem';

/** An EventBridge event pattern: fields with lists of what they may be. */
export interface EventPattern {
  readonly [field: string]: readonly unknown[] | EventPattern;
}

/** An event as it is on the bus. */
export interface BusEvent<Detail = unknown> {
  readonly 'version': string;
  /** The same whenever the event is delivered again. */
  readonly 'id': string;
  readonly 'detail-type': string;
  readonly 'source': string;
  readonly 'account': string;
  readonly 'time': string;
  readonly 'region': string;
  readonly 'resources': readonly string[];
  readonly 'detail': Detail;
}

/** What a frame is. */
export type Frame =
  | { readonly kind: 'answer'; readonly message: Record<string, any> }
  /** Without a subscription's id the socket sends events as they are on the bus. */
  | { readonly kind: 'event'; readonly event: BusEvent; readonly subscriptionId?: string }
  | { readonly kind: 'message'; readonly message: unknown };

/** Takes a frame for what it is; anything that is no part of the protocol is a message. */
export function readFrame(data: unknown): Frame {
  const value = parse(data);
  if (!isObject(value)) {
    return { kind: 'message', message: value };
  }
  if (value.type === 'event' && isEvent(value.event)) {
    return { kind: 'event', event: value.event, subscriptionId: String(value.subscriptionId) };
  }
  if (isEvent(value)) {
    return { kind: 'event', event: value };
  }
  // Every answer has the id of its request; those of API Gateway itself have one of these.
  return typeof value.requestId === 'string' || typeof value.messageId === 'string' ? { kind: 'answer', message: value } : { kind: 'message', message: value };
}

/** What an answer says went wrong; undefined when nothing did. */
export function problemOf({ type, error, message, connectionId }: Record<string, any>): ClientProblem | undefined {
  if (type === 'error' && isObject(error)) {
    return new ClientProblem(String(error.code), String(error.message), error.retryable === true);
  }
  // API Gateway's own words have no code.
  return type === undefined && typeof message === 'string' && typeof connectionId === 'string'
    ? new ClientProblem('Gateway', message, /^(internal server error|too many requests|limit exceeded)$/i.test(message))
    : undefined;
}

function isEvent(value: unknown): value is BusEvent {
  return isObject(value) && typeof value.id === 'string' && typeof value.source === 'string' && typeof value['detail-type'] === 'string';
}

function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : data;
  } catch {
    return data;
  }
}
