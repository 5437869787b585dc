import { ErrorFrame } from './error-frame';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';
import { literalNode, objectNode, ValueNode } from '../values/value-node';

/**
 * What a client is told when its message has been carried out, or has failed.
 *
 * Failures are told by a frame that is always the same: `{"type":"error","error":{"code":"…","message":"…","retryable":false},"requestId":"…"}`. The service's
 * own words stay inside: they name roles and resources.
 *
 * A route answers only if it was added with `returnResponse: true`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 *
 * @example
 * Response.json(Value.object({ saved: Value.literal(true), id: Value.requestId() }))
 *   .withError('ConditionalCheckFailedException', { code: 'Taken', message: 'That name is taken.' });
 */
export class Response {
  /** Nothing. */
  static none(): Response {
    return new Response(undefined);
  }

  /** `{"ok":true,"requestId":"…"}`. */
  static ack(): Response {
    return new Response({ kind: 'frame', value: objectNode({ ok: literalNode(true), requestId: Value.requestId()._node }) });
  }

  /** The service's answer as it comes. */
  static body(): Response {
    return new Response({ kind: 'body' });
  }

  /** JSON of what the service answered, of what API Gateway knows, and of what the author writes. */
  static json(value: Value): Response {
    return new Response({ kind: 'frame', value: value._node });
  }

  /** The output of the workflow that the message ran; for StartSyncExecution. */
  static workflowOutput(): Response {
    return Response.json(Value.workflowOutput());
  }

  /** @internal */
  static _echo(): Response {
    return new Response({ kind: 'text', value: Value.bodyText()._node });
  }

  /** @internal */
  readonly _success: Success | undefined;
  /** @internal */
  readonly _errors: ReadonlyMap<string, ErrorFrame>;

  private constructor(success: Success | undefined, errors: ReadonlyMap<string, ErrorFrame> = new Map()) {
    this._success = success;
    this._errors = errors;
  }

  /**
   * Has words for errors that the author has none for.
   *
   * @internal
   */
  _orTelling(frames: Readonly<Record<string, ErrorFrame>>): Response {
    return new Response(this._success, new Map([...Object.entries(frames), ...this._errors]));
  }

  /**
   * Tells the client of an error of the service in words of its own.
   *
   * @param error The service's name for it, such as `ConditionalCheckFailedException`, or the code of a frame that stands for all of a kind: `Rejected`,
   * `TooManyRequests`, `Unavailable`, and `NotFound` of DynamoDbGetItem.
   */
  withError(error: string, frame: ErrorFrame): Response {
    if (!/^[\w.:-]+$/.test(error)) {
      throw new InvalidValueError('errorName', `Response.withError('${error}') needs the name of an error, of letters, digits, ., :, - and _.`);
    }
    return new Response(this._success, new Map([...this._errors, [error, frame]]));
  }
}

/** @internal */
type Success = { readonly kind: 'body' } | { readonly kind: 'frame' | 'text'; readonly value: ValueNode };
