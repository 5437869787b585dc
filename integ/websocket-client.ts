import WebSocket, { ClientOptions } from 'ws';

/** A WebSocket client that hands out its messages one by one. */
export class WebSocketClient {
  static async connect(url: string, headers: Record<string, string> = {}, options?: ClientOptions): Promise<WebSocketClient> {
    const socket = new WebSocket(url, { ...options, headers });
    const client = new WebSocketClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  private readonly received: string[] = [];
  private readonly waiting: Array<(message: string) => void> = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', data => {
      const next = this.waiting.shift();
      if (next) {
        next(String(data));
      } else {
        this.received.push(String(data));
      }
    });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends one frame, of a message that may have more. */
  sendFrame(content: string | Buffer, fin = true): void {
    this.socket.send(content, { fin });
  }

  /** The next message as text, in the order of arrival. */
  async nextText(): Promise<string> {
    return this.received.shift() ?? new Promise(resolve => this.waiting.push(resolve));
  }

  /** The next message, parsed. */
  async next(): Promise<any> {
    return JSON.parse(await this.nextText());
  }

  /** Sends a message and returns the one that answers it. */
  async request(message: unknown): Promise<any> {
    this.send(message);
    return this.next();
  }

  /** Messages that nobody asked for yet. */
  get unread(): readonly string[] {
    return this.received;
  }

  get open(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Leaves without a word. */
  vanish(): void {
    this.socket.terminate();
  }

  /** Resolves with the code with which the connection ends. */
  closed(): Promise<number> {
    return new Promise(resolve => this.socket.once('close', code => resolve(code)));
  }

  async close(): Promise<void> {
    const closed = this.closed();
    this.socket.close();
    await closed;
  }
}
