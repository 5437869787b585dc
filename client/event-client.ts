import ReconnectingWebSocket from 'partysocket/ws';
import { ClientProblem } from './client-problem';
import { ConnectionStatus, EventClientOptions } from './event-client-options';
import { Exchange } from './exchange';
import { EventPattern, Frame, readFrame } from './protocol';
import { EventHandler, SubscribeOptions, Subscription } from './subscription';
import { Subscriptions } from './subscriptions';
import { textOf } from './text-of';

const PING_INTERVAL = 5 * 60_000;
const ANSWER_TIMEOUT = 30_000;
const LONGEST_DELAY = 30_000;
/** Timers with a longer time than this ring at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A connection to an EventSocket that comes back by itself, with the subscriptions that it had. */
export class EventClient {
  private readonly socket: ReconnectingWebSocket;
  private readonly subscriptions: Subscriptions;
  private exchange?: Exchange;
  private timer?: ReturnType<typeof setTimeout>;
  private current: ConnectionStatus = 'connecting';

  constructor(private readonly options: EventClientOptions) {
    if (!options.WebSocket && !('WebSocket' in globalThis)) {
      throw new Error('There is no WebSocket here: give one, such as that of the package ws: new EventClient({ url, WebSocket }).');
    }
    // Chance keeps those apart that were cut off together.
    const { shortestDelay = 1000 + 2000 * Math.random(), longestDelay = LONGEST_DELAY } = options;
    this.subscriptions = new Subscriptions({ tell: problem => this.tell(problem), reconnect: () => this.reconnect(), longestDelay });
    this.socket = new ReconnectingWebSocket(() => this.address(), undefined, {
      WebSocket: options.WebSocket,
      minReconnectionDelay: shortestDelay,
      maxReconnectionDelay: longestDelay,
      reconnectionDelayGrowFactor: 1.7,
      connectionTimeout: this.answerTimeout,
      // What is sent while the connection closes is lost with it, and its promise rejects: on the next one it would come once more.
      maxEnqueuedMessages: 0,
    });
    this.socket.onopen = () => this.open();
    this.socket.onclose = ({ code, reason }) => this.lose(code, reason);
    this.socket.onerror = ({ message }) => this.current === 'closed' || this.tell(new ClientProblem('ConnectFailed', message || 'The connection failed.', true));
    this.socket.onmessage = ({ data }) => this.receive(readFrame(data));
  }

  /** Whether there is a connection. */
  get status(): ConnectionStatus {
    return this.current;
  }

  /**
   * Subscribes, now and after every interruption, until it is ended. Events that come twice are handled once.
   *
   * @example client.subscribe<{ orderId: string }>({ source: ['shop'] }, ({ detail }) => show(detail.orderId))
   */
  subscribe<Detail = unknown>(pattern: EventPattern, handler: EventHandler<Detail>, options: SubscribeOptions = {}): Subscription<Detail> {
    const subscription = this.subscriptions.add(pattern, handler, options);
    if (this.current === 'closed') {
      this.subscriptions.stop(closed());
    }
    return subscription;
  }

  /**
   * Sends a message for a route of the API's own, and gives its answer, whatever it is. Answers are told by their `requestId`. Requests go one after the other;
   * they are not kept while there is no connection, but rejected with a `ClientProblem`.
   */
  request<Answer = any>(message: { readonly action: string; readonly [field: string]: unknown }): Promise<Answer> {
    return this.exchange
      ? this.exchange.ask(message) as Promise<Answer>
      : Promise.reject(new ClientProblem('NotOpen', 'There is no connection at the moment.', true));
  }

  /** Ends the connection and all subscriptions for good. */
  close(): void {
    this.changed('closed');
    this.subscriptions.stop(closed());
    this.drop(closed());
    this.socket.close();
  }

  private open(): void {
    const exchange = new Exchange(text => this.socket.send(text), this.answerTimeout, () => {
      this.tell(new ClientProblem('Timeout', 'The socket did not answer: connecting again.', true));
      this.reconnect();
    });
    this.exchange = exchange;
    this.subscriptions.opened(exchange);
    this.keepAlive();
    this.changed('open');
  }

  /** Asks for a sign of life once there was none for a while: that keeps the connection, and finds out that it is lost. */
  private keepAlive(): void {
    const { exchange } = this;
    clearTimeout(this.timer);
    this.timer = exchange && setTimeout(() => exchange.ask({ action: 'ping' }).catch(() => {}), Math.min(this.options.pingInterval ?? PING_INTERVAL, LONGEST_TIMER));
  }

  private lose(code: number, reason: string): void {
    this.changed('connecting');
    this.drop(new ClientProblem('ConnectionLost', `The connection ended with code ${code}${reason ? `: ${reason}` : ''}.`, true));
  }

  private reconnect(): void {
    this.socket.reconnect();
    // The end of one that was closing already would be told to nobody.
    if (this.exchange) {
      this.lose(1006, '');
    }
  }

  private drop(problem: ClientProblem): void {
    clearTimeout(this.timer);
    const { exchange } = this;
    this.exchange = undefined;
    this.subscriptions.lost();
    exchange?.end(problem);
  }

  private receive(frame: Frame): void {
    this.keepAlive();
    if (frame.kind === 'event') {
      this.subscriptions.receive(frame.event, frame.subscriptionId);
    } else if (frame.kind === 'message' || !this.exchange?.answer(frame.message)) {
      this.guard(() => this.options.onMessage?.(frame.message));
    }
  }

  private get answerTimeout(): number {
    return Math.min(this.options.answerTimeout ?? ANSWER_TIMEOUT, LONGEST_TIMER);
  }

  private changed(status: ConnectionStatus): void {
    if (this.current !== status && this.current !== 'closed') {
      this.current = status;
      this.guard(() => this.options.onStatus?.(status));
    }
  }

  private tell(problem: ClientProblem): void {
    try {
      if (this.options.onProblem) {
        this.options.onProblem(problem);
        return;
      }
    } catch (error) {
      console.error('onProblem failed:', error);
    }
    console.warn(`${problem.code}: ${problem.message}`, problem);
  }

  /** What a listener throws is no reason to stop. */
  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.tell(new ClientProblem('HandlerFailed', `A listener failed: ${textOf(error)}`, false, error));
    }
  }

  private async address(): Promise<string> {
    const { url } = this.options;
    if (this.current === 'closed') {
      // No ticket is wasted on a client that was closed while it waited.
      return new Promise(() => {});
    }
    try {
      return await (typeof url === 'function' ? url() : url);
    } catch (error) {
      throw error instanceof Error ? error : new Error(textOf(error));
    }
  }
}

function closed(): ClientProblem {
  return new ClientProblem('Ended', 'The client was closed.', false);
}
