import { TraceRecord } from './records';
import { State } from './server';
import { Item, Store } from './store';

export type ViewName = 'traffic' | 'tables' | 'events' | 'sockets' | 'time' | 'cost';

/** A socket that the page has opened. */
export interface OpenSocket {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly socket: WebSocket;
  readonly lines: Array<{ readonly time: number; readonly way: 'in' | 'out' | 'note'; readonly text: string }>;
  readonly sent: string[];
}

/** What the views share. */
export class Model {
  readonly store = new Store();
  readonly sockets: OpenSocket[] = [];
  state?: State;
  isConnected = false;
  isPaused = false;
  view: ViewName = 'traffic';
  selected?: Item;
  /** An event to look into, when the view of events opens. */
  event?: { readonly bus: string; readonly event: Readonly<Record<string, unknown>> };
  version = 0;
  /** Are shown what has come, for the picture. */
  readonly watchers = new Set<(items: readonly Item[]) => void>();
  private held: TraceRecord[] = [];
  private readonly subscribers = new Set<(version: number) => void>();
  private frame?: number;
  private socketCount = 0;

  get heldCount(): number {
    return this.held.length;
  }

  receive(records: TraceRecord[]): void {
    if (this.isPaused) {
      this.held.push(...records);
    } else {
      const items = this.store.add(records);
      this.watchers.forEach(watch => watch(items));
    }
    this.changed();
  }

  /** Each connection tells everything anew, perhaps of another runtime, which counts from one. */
  restart(): void {
    this.held = [];
    this.store.clear();
    this.change({ selected: undefined });
  }

  pause(isPaused: boolean): void {
    this.isPaused = isPaused;
    if (!isPaused) {
      const { held } = this;
      this.held = [];
      this.receive(held);
    }
    this.changed();
  }

  open(url: string, name: string): OpenSocket {
    const opened: OpenSocket = { id: ++this.socketCount, name, url, socket: new WebSocket(url), lines: [], sent: [] };
    const note = (way: OpenSocket['lines'][number]['way'], text: string) => {
      opened.lines.push({ time: Date.now(), way, text });
      this.changed();
    };
    opened.socket.onopen = () => note('note', 'open');
    opened.socket.onmessage = ({ data }) => note('in', String(data));
    opened.socket.onclose = ({ code, reason }) => note('note', `closed: ${code}${reason === '' ? '' : ` ${reason}`}`);
    opened.socket.onerror = () => opened.lines.length === 0 && note('note', 'refused: the traffic shows why');
    this.sockets.push(opened);
    this.changed();
    return opened;
  }

  send(opened: OpenSocket, text: string): void {
    const isOpen = opened.socket.readyState === WebSocket.OPEN;
    if (isOpen) {
      opened.socket.send(text);
    }
    opened.sent.push(text);
    opened.lines.push({ time: Date.now(), way: isOpen ? 'out' : 'note', text: isOpen ? text : `not sent, since the socket is not open: ${text}` });
    this.changed();
  }

  close(opened: OpenSocket): void {
    opened.socket.close(1000);
    if (opened.socket.readyState === WebSocket.CLOSED) {
      this.sockets.splice(this.sockets.indexOf(opened), 1);
    }
    this.changed();
  }

  change(change: Partial<Pick<Model, 'state' | 'isConnected' | 'view' | 'selected' | 'event'>>): void {
    Object.assign(this, change);
    this.changed();
  }

  subscribe(subscriber: (version: number) => void): () => void {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  }

  changed(): void {
    this.version += 1;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.subscribers.forEach(tell => tell(this.version));
    });
  }
}
