import { deliver, Delivery } from './pipeline/deliver';
import { ConnectionIdentity } from './pipeline/exchange';
import { Stage } from './stage';
import { Clock, WebSocketClient, WebSocketListener } from '../../kernel/contracts';

const IDLE_MILLISECONDS = 10 * 60 * 1000;
const LIFETIME_MILLISECONDS = 2 * 60 * 60 * 1000;

/** How much of a client's messages may wait for integrations that have not answered yet. */
const MAXIMUM_PENDING_BYTES = 4 * 1024 * 1024;

const GOING_AWAY = { code: 1001, reason: 'Going away' };
const UNSUPPORTED_DATA = { code: 1003, reason: '' };

/** Why a connection ended. */
export interface ConnectionEnd {
  readonly code: number;
  readonly reason: string;
}

/** What a connection tells the gateway. */
export interface ConnectionEvents {
  readonly clock: Clock;
  message(connection: Connection, text: string, bytes: number): void;
  /** The gateway has closed it, or the client has: nothing can be sent to it any more. */
  ended(connection: Connection): void;
  closed(connection: Connection, end: ConnectionEnd): void;
}

/** An open connection. */
export class Connection implements WebSocketListener {
  lastActiveAt: number;
  /** How the gateway closed it, if it was the gateway. */
  private end?: ConnectionEnd;
  private isOpen = true;
  private pendingBytes = 0;
  private cancelCheck: () => void;

  constructor(
    readonly identity: ConnectionIdentity,
    readonly stage: Stage,
    private readonly client: WebSocketClient,
    private readonly events: ConnectionEvents,
  ) {
    this.lastActiveAt = events.clock.now();
    this.cancelCheck = this.scheduleCheck();
  }

  /** Counts a message's bytes as long as it is under way; false when too many are. */
  begin(bytes: number): boolean {
    if (this.pendingBytes + bytes > MAXIMUM_PENDING_BYTES) {
      return false;
    }
    this.pendingBytes += bytes;
    return true;
  }

  finish(bytes: number): void {
    this.pendingBytes -= bytes;
  }

  /** Sends one message; 'gone' when the connection has ended. */
  send(text: string): Delivery | 'gone' {
    if (!this.isOpen || !this.client.isOpen) {
      return 'gone';
    }
    const delivery = deliver(this.client, text);
    if (delivery === 'sent') {
      this.lastActiveAt = this.events.clock.now();
    }
    return delivery;
  }

  close(end: ConnectionEnd): void {
    if (this.isOpen) {
      this.end = end;
      this.leave();
      this.client.close(end.code, end.reason);
    }
  }

  message(data: Buffer, binary: boolean): void {
    if (!this.isOpen) {
      return;
    }
    if (binary) {
      this.close(UNSUPPORTED_DATA);
      return;
    }
    this.lastActiveAt = this.events.clock.now();
    this.events.message(this, data.toString(), data.length);
  }

  ping(): void {
    this.lastActiveAt = this.events.clock.now();
  }

  closed(code: number, reason: string): void {
    this.leave();
    this.events.closed(this, this.end ?? { code, reason });
  }

  private leave(): void {
    if (this.isOpen) {
      this.isOpen = false;
      this.cancelCheck();
      this.events.ended(this);
    }
  }

  /** One timer for both limits. Activity does not move it: it looks again when it rings. */
  private scheduleCheck(): () => void {
    const due = Math.min(this.lastActiveAt + IDLE_MILLISECONDS, this.identity.connectedAt + LIFETIME_MILLISECONDS);
    return this.events.clock.schedule(due - this.events.clock.now(), () => this.check(due));
  }

  private check(due: number): void {
    const isIdle = this.lastActiveAt + IDLE_MILLISECONDS <= due;
    const isOld = this.identity.connectedAt + LIFETIME_MILLISECONDS <= due;
    if (isIdle || isOld) {
      this.close(GOING_AWAY);
    } else {
      this.cancelCheck = this.scheduleCheck();
    }
  }
}
