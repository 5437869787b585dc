/** An EventSocket that a test plays: it keeps the protocol, unless it is told to break it. */
export class FakeEventSocket {
  /** Every connection that a client has made, in order. */
  readonly connections: FakeConnection[] = [];
  /** Whether attempts to connect succeed. */
  accepts = true;
  /** Answers in the place of the next ones; `silence` gives none. */
  readonly answers: Array<object | 'silence' | 'close'> = [];

  /** The class that a client takes for the global WebSocket. */
  get WebSocket(): new (url: string) => FakeConnection {
    const server = this as FakeEventSocket;
    return class extends FakeConnection {
      constructor(url: string) {
        super(server, url);
      }
    };
  }

  get current(): FakeConnection {
    return this.connections[this.connections.length - 1];
  }
}

class SocketEvent extends Event {
  readonly data: unknown;
  readonly code: number;
  readonly reason: string;

  constructor(type: string, { data, code = 0, reason = '' }: { data?: unknown; code?: number; reason?: string } = {}) {
    super(type);
    this.data = data;
    this.code = code;
    this.reason = reason;
  }
}

/** One connection, from the socket's side. */
export class FakeConnection extends EventTarget {
  readyState = 0;
  binaryType = 'blob';
  /** What the client has subscribed to. */
  readonly subscriptions = new Map<string, unknown>();
  readonly received: any[] = [];
  /** Requests that wait for an answer: a client has never more than one. */
  unanswered = 0;
  private count = 0;

  constructor(private readonly server: FakeEventSocket, readonly url: string) {
    super();
    server.connections.push(this);
    setTimeout(() => {
      if (this.readyState !== 0) {
        return;
      }
      if (server.accepts) {
        this.readyState = 1;
        this.dispatchEvent(new SocketEvent('open'));
      } else {
        this.end(1006);
      }
    }, 20);
  }

  send(text: string): void {
    const message = JSON.parse(text);
    this.received.push(message);
    this.unanswered++;
    setTimeout(() => this.answer(message), 10);
  }

  close(code = 1000): void {
    if (this.readyState < 2) {
      this.end(code);
    }
  }

  /** The connection ends, for whatever reason. */
  end(code: number, reason = ''): void {
    this.readyState = 3;
    this.dispatchEvent(new SocketEvent('close', { code, reason }));
  }

  /** Sends anything. */
  say(message: unknown): void {
    if (this.readyState === 1) {
      this.dispatchEvent(new SocketEvent('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }));
    }
  }

  /** Delivers an event, in an envelope when it is for a subscription. */
  deliver(id: string, subscriptionId?: string, detail: object = {}): void {
    const event = { 'version': '0', id, 'source': 'shop', 'detail-type': 'Sold', 'account': '000000000000', 'time': '2026-01-02T03:04:05Z', 'region': 'us-east-1', 'resources': [], detail };
    this.say(subscriptionId === undefined ? event : { type: 'event', subscriptionId, event });
  }

  private answer(message: any): void {
    if (this.readyState !== 1) {
      return;
    }
    const given = this.server.answers.shift();
    if (given === 'silence') {
      return;
    }
    if (given === 'close') {
      this.end(1001, 'Going away');
      return;
    }
    this.unanswered--;
    const requestId = `r${this.count++}=`;
    this.say({ ...given ?? this.carryOut(message), requestId });
  }

  private carryOut({ action, subscriptionId, pattern }: any): object {
    switch (action) {
      case 'subscribe':
        this.subscriptions.set(subscriptionId, pattern);
        return { type: 'subscribed', subscriptionId };
      case 'unsubscribe':
        return this.subscriptions.delete(subscriptionId) ? { type: 'unsubscribed', subscriptionId } : failure('SubscriptionNotFound', false);
      case 'ping':
        return { type: 'pong' };
      default:
        return failure('UnknownAction', false);
    }
  }
}

/** An error as the socket words it. */
export function failure(code: string, retryable: boolean): object {
  return { type: 'error', error: { code, message: `It is ${code}.`, retryable } };
}
