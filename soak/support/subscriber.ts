import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

/** A pattern, and by hand what it says. */
export interface Interest {
  readonly pattern: object;
  matches(detail: Detail): boolean;
}

export interface Detail {
  readonly serial: number;
  readonly room: string;
  readonly price: number;
  readonly tags: readonly string[];
}

export interface SubscriberEvents {
  /** An event has come. */
  received(subscriber: Subscriber, detail: Detail): void;
  /** What is on its way to it may be lost: it is not connected any more, or not with all its subscriptions. */
  excused(subscriber: Subscriber): void;
}

const PATIENCE_MILLISECONDS = 60_000;

/** A client that wants to be connected and subscribed, whatever happens. */
export class Subscriber {
  /** What is acknowledged, by the subscription's id. */
  readonly live = new Map<string, Interest>();
  connects = 0;
  /** How often an answer was an error that may be tried again. */
  refused = 0;
  private socket?: WebSocket;
  private answer?: (message: any) => void;
  private isEnding = false;

  constructor(private readonly url: string, private readonly interests: readonly Interest[], private readonly events: SubscriberEvents) {}

  /** Connects and subscribes, again and again until all is acknowledged. */
  async begin(): Promise<void> {
    while (!this.isEnding && !await this.tryAll()) {
      await sleep(50 + Math.random() * 200);
    }
  }

  /** Gives up a subscription, and asks for it anew. */
  async renew(): Promise<void> {
    const [id] = this.live.keys();
    if (id !== undefined && this.socket?.readyState === WebSocket.OPEN && !this.answer) {
      const interest = this.live.get(id)!;
      this.live.delete(id);
      this.events.excused(this);
      await this.request({ action: 'unsubscribe', subscriptionId: id });
      if (!await this.subscribe(id, interest) && !this.isEnding) {
        void this.begin();
      }
    }
  }

  /** Leaves without a word; it comes again. */
  vanish(): void {
    this.socket?.terminate();
  }

  end(): void {
    this.isEnding = true;
    this.socket?.terminate();
  }

  private async tryAll(): Promise<boolean> {
    if (!await this.connect()) {
      return false;
    }
    for (const [index, interest] of this.interests.entries()) {
      if (!await this.subscribe(`s${index}`, interest)) {
        return false;
      }
    }
    return true;
  }

  private async connect(): Promise<boolean> {
    this.socket?.terminate();
    const socket = new WebSocket(this.url, { perMessageDeflate: false });
    this.socket = socket;
    const opened = await new Promise<boolean>(resolve => {
      socket.once('open', () => resolve(true));
      socket.once('close', () => resolve(false));
      socket.on('error', () => {});
    });
    if (opened) {
      this.connects++;
      socket.on('message', data => this.hear(String(data)));
      socket.once('close', () => this.lost(socket));
    }
    return opened;
  }

  /** Asks until there is an acknowledgement; false when the connection has ended. */
  private async subscribe(subscriptionId: string, interest: Interest): Promise<boolean> {
    for (;;) {
      const answer = await this.request({ action: 'subscribe', subscriptionId, pattern: interest.pattern });
      if (answer === undefined) {
        return false;
      }
      if (answer.type === 'subscribed') {
        this.live.set(subscriptionId, interest);
        return true;
      }
      this.refused++;
      await sleep(20 + Math.random() * 100);
    }
  }

  private request(message: object): Promise<any> {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) {
      return Promise.resolve(undefined);
    }
    return new Promise(resolve => {
      const timer = setTimeout(() => socket.terminate(), PATIENCE_MILLISECONDS);
      this.answer = given => {
        clearTimeout(timer);
        this.answer = undefined;
        resolve(given);
      };
      socket.send(JSON.stringify(message));
    });
  }

  private hear(text: string): void {
    const message = JSON.parse(text);
    if (message.detail?.serial !== undefined) {
      this.events.received(this, message.detail);
    } else {
      this.answer?.(message);
    }
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) {
      return;
    }
    const wasComplete = this.live.size === this.interests.length;
    this.live.clear();
    this.events.excused(this);
    this.answer?.(undefined);
    if (wasComplete && !this.isEnding) {
      void this.begin();
    }
  }
}
