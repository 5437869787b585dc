import { WebSocket } from 'ws';
import { systemClock } from '../kernel/clock';

/** @internal */
export interface Surroundings {
  readonly patience: number;
  readonly problems: (since: number) => string;
  readonly happened: () => number;
}

export interface NextOptions {
  /** How many milliseconds to wait, in place of the app's patience. */
  readonly patience?: number;
}

/** How a connection ended. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

interface Waiter {
  readonly accepts: (message: any) => boolean;
  readonly take: (message: unknown) => void;
  readonly fail: (why: string) => void;
}

const anything = () => true;

/** A client of a WebSocket API, whose messages a test awaits. */
export class LocalClient {
  /** Resolves when the connection has ended, by whomever. */
  readonly closed: Promise<Closing>;
  private readonly received: unknown[] = [];
  private readonly waiters = new Set<Waiter>();
  private readonly began: number;
  private closing?: Closing;

  /** @internal */
  constructor(private readonly socket: WebSocket, private readonly surroundings: Surroundings) {
    this.began = surroundings.happened();
    socket.on('message', (data, isBinary) => this.receive(isBinary ? data : parse(String(data))));
    socket.on('error', () => socket.terminate());
    this.closed = new Promise(resolve => socket.once('close', (code, reason) => {
      this.closing = { code, reason: String(reason) };
      this.waiters.forEach(({ fail }) => fail(this.endText()));
      resolve(this.closing);
    }));
  }

  /** Messages that nobody has awaited yet: JSON as its value, anything else as text. */
  get unread(): readonly unknown[] {
    return this.received;
  }

  /** Sends a message: a text as it is, anything else as JSON. */
  send(message: unknown): void {
    if (this.closing) {
      throw new Error(`The message was not sent: ${this.endText()}`);
    }
    this.socket.send(typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message));
  }

  /** The first message that is accepted, or the first at all, that has come or will. What is not accepted stays unread. Rejects with what came instead. */
  next<Message = any>(accepts: (message: any) => boolean = anything, options: NextOptions = {}): Promise<Message> {
    const index = this.received.findIndex(message => isAccepted(message, accepts));
    return index >= 0 ? Promise.resolve(this.received.splice(index, 1)[0] as Message) : this.await(accepts, options);
  }

  /** Sends a message, and gives the next one that comes afterwards, or the next that is accepted. */
  request<Answer = any>(message: unknown, accepts: (message: any) => boolean = anything, options: NextOptions = {}): Promise<Answer> {
    this.send(message);
    return this.await<Answer>(accepts, options);
  }

  /** Ends the connection as clients do. */
  close(): Promise<Closing> {
    this.socket.close(1000);
    return this.closed;
  }

  /** Ends it without a word, as a client that has lost its network. */
  abandon(): void {
    this.socket.terminate();
  }

  private await<Message>(accepts: (message: any) => boolean, { patience = this.surroundings.patience }: NextOptions): Promise<Message> {
    return new Promise((resolve, reject) => {
      // Where it was awaited is more to the point than where the timer rang.
      const error = new Error();
      const settle = (act: () => void) => {
        forgetTimer();
        this.waiters.delete(waiter);
        act();
      };
      const waiter: Waiter = {
        accepts,
        take: message => settle(() => resolve(message as Message)),
        fail: why => settle(() => {
          error.message = this.missText(accepts, why);
          reject(error);
        }),
      };
      const forgetTimer = systemClock.schedule(patience, () => waiter.fail(`within ${patience} ms`));
      this.waiters.add(waiter);
      if (this.closing) {
        waiter.fail(this.endText());
      }
    });
  }

  private receive(message: unknown): void {
    const waiter = [...this.waiters].find(({ accepts }) => isAccepted(message, accepts));
    if (waiter) {
      waiter.take(message);
    } else {
      this.received.push(message);
    }
  }

  private endText(): string {
    const { code, reason } = this.closing!;
    return `before the connection ended with code ${code}${reason && ` (${reason})`}`;
  }

  private missText(accepts: (message: any) => boolean, why: string): string {
    const instead = this.received.map((message, index) => `  ${index + 1}. ${JSON.stringify(message)}\n`).join('');
    const problems = this.surroundings.problems(this.began);
    return `No message came ${why}${accepts === anything ? '' : ` that ${accepts} accepts`}.\n${instead === '' ? 'None is unread.\n' : `Unread instead:\n${instead}`}${problems}`.trimEnd();
  }
}

/** @internal */
export function connect(url: string, headers: Readonly<Record<string, string>>, surroundings: Surroundings): Promise<LocalClient> {
  return new Promise((resolve, reject) => {
    const began = surroundings.happened();
    const refused = (why: string) => reject(new Error(`${url} ${why}.\n${surroundings.problems(began)}`.trimEnd()));
    const socket = new WebSocket(url, { headers });
    // Made before anything can come.
    const client = new LocalClient(socket, surroundings);
    socket.once('open', () => resolve(client));
    socket.once('error', error => refused(`cannot be connected to: ${error.message}`));
    socket.once('unexpected-response', (_request, response) => {
      const parts: Buffer[] = [];
      response.on('data', part => parts.push(part)).on('end', () => refused(`refused the handshake with status ${response.statusCode}: ${Buffer.concat(parts)}`));
    });
  });
}

/** A condition that looks into a message that has not what it looks for does not accept it. */
function isAccepted(message: unknown, accepts: (message: any) => boolean): boolean {
  try {
    return accepts(message);
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
