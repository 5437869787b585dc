import { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { FrameWatch } from './frame-watch';
import { holdUntilTurnEnds } from './write-batch';
import { FaultInjection, FaultTime, WebSocketClient, WebSocketListener } from '../kernel/contracts';

/** Of what waits for a client that does not read, pongs are what nobody misses. */
const MAXIMUM_BUFFERED_PONG_BYTES = 64 * 1024;

const FRAME_WATCH = Symbol('frame watch');

/** What a client is attached to. */
export interface Attachment {
  /** The client is among these until it is gone. */
  readonly peers: Set<ClientSocket>;
  readonly faults: FaultInjection;
  readonly maximumFrameBytes: number;
}

/** A connected client. Its listeners are shared functions that find their client by `this`: an idle client costs no closures. */
export class ClientSocket extends WebSocket implements WebSocketClient {
  private stream?: Duplex;
  private listener?: WebSocketListener;
  private peers?: Set<ClientSocket>;
  private faults?: FaultInjection;
  private closing?: { readonly code: number; readonly reason: string };

  get bufferedBytes(): number {
    return this.bufferedAmount;
  }

  get isOpen(): boolean {
    return this.readyState === WebSocket.OPEN;
  }

  /** Starts to listen. */
  attach(socket: Duplex, listener: WebSocketListener, { peers, faults, maximumFrameBytes }: Attachment): void {
    this.stream = socket;
    this.listener = listener;
    this.peers = peers;
    this.faults = faults;
    peers.add(this);
    this.on('message', onMessage);
    this.on('ping', onPing);
    this.on('close', onClose);
    // A broken connection or a violated protocol ends in `close`, which says all there is to say.
    this.on('error', ignore);
    watchFrames(socket, this, maximumFrameBytes);
  }

  send(text: string): void {
    const lost = this.faults!.active ? this.faults!.losesSocket('push') : undefined;
    if (lost !== 'before') {
      holdUntilTurnEnds(this.stream!);
      super.send(text);
    }
    this.loseIf(lost);
  }

  /** Remembers why, whoever asks: a client that answers a close frame late or never would leave an abnormal end behind. */
  close(code?: number, reason?: string | Buffer): void {
    if (code !== undefined) {
      this.closing ??= { code, reason: reason?.toString() ?? '' };
    }
    super.close(code, reason);
  }

  /** Hands a message on, unless the client has been told already that it is closed. */
  receive(data: Buffer, binary: boolean): void {
    if (!this.isOpen) {
      return;
    }
    const lost = this.faults!.active ? this.faults!.losesSocket('message') : undefined;
    if (lost !== 'before') {
      this.listener!.message(data, binary);
    }
    this.loseIf(lost);
  }

  /** Answers, unless the client does not read its answers: nobody is owed one for each ping. */
  pinged(data: Buffer): void {
    if (this.isOpen && this.bufferedAmount <= MAXIMUM_BUFFERED_PONG_BYTES) {
      this.pong(data);
    }
    this.listener!.ping();
  }

  gone(code: number, reason: string): void {
    this.peers!.delete(this);
    const end = this.closing ?? { code, reason };
    this.listener!.closed(end.code, end.reason);
  }

  /** Ends without a word: at once, or when what was sent in this turn has been written. */
  private loseIf(lost: FaultTime | undefined): void {
    if (lost === 'before') {
      this.terminate();
    } else if (lost === 'after') {
      setImmediate(() => this.terminate());
    }
  }
}

interface WatchedSocket extends Duplex {
  [FRAME_WATCH]?: { readonly frames: FrameWatch; readonly client: ClientSocket };
}

/** Runs before the WebSocket library reads the same bytes, so that no message of such a frame gets through. */
function watchFrames(socket: WatchedSocket, client: ClientSocket, maximumFrameBytes: number): void {
  socket[FRAME_WATCH] = { frames: new FrameWatch(maximumFrameBytes), client };
  socket.prependListener('data', onData);
}

function onData(this: WatchedSocket, chunk: Buffer): void {
  const { frames, client } = this[FRAME_WATCH]!;
  const fault = frames.faultOf(chunk);
  if (fault !== undefined) {
    this.removeListener('data', onData);
    client.close(fault);
  }
}

function onMessage(this: WebSocket, data: unknown, binary: boolean): void {
  (this as ClientSocket).receive(data as Buffer, binary);
}

function onPing(this: WebSocket, data: Buffer): void {
  (this as ClientSocket).pinged(data);
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  (this as ClientSocket).gone(code, reason.toString());
}

function ignore(): void {}
