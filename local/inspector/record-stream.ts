import { once } from 'node:events';
import { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { LoggedRecord, TraceLog } from './trace-log';

/** A page that does not read this much is let go: it may come back, and is told everything anew. */
const MOST_BUFFERED_BYTES = 32 * 1024 * 1024;
const BATCH_MILLISECONDS = 50;
const BATCH_RECORDS = 500;
const ALIVE_MILLISECONDS = 15_000;

/** Sends what is kept, unless asked not to, and then whatever happens, as events of several records each. */
export function streamRecords(request: IncomingMessage, response: ServerResponse, log: TraceLog, headers: OutgoingHttpHeaders): void {
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' });
  response.flushHeaders();
  request.resume();
  const stream = new RecordStream(response);
  const stop = log.follow(record => stream.add(record));
  const alive = setInterval(() => response.write(': alive\n\n'), ALIVE_MILLISECONDS).unref();
  response.once('close', () => {
    stop();
    clearInterval(alive);
    stream.stop();
  });
  const fromNow = new URL(request.url ?? '/', 'http://localhost').searchParams.get('from') === 'now';
  void stream.begin(fromNow ? [] : log.all);
}

class RecordStream {
  private pending: LoggedRecord[] = [];
  private pendingBytes = 0;
  private readonly stopped = new AbortController();
  private timer?: NodeJS.Timeout;
  private hasBegun = false;

  constructor(private readonly response: ServerResponse) {}

  /** Sends what there is already, before all that happens meanwhile. */
  async begin(records: readonly LoggedRecord[]): Promise<void> {
    for (let index = 0; index < records.length && !this.response.destroyed; index += BATCH_RECORDS) {
      if (!this.send(records.slice(index, index + BATCH_RECORDS))) {
        await once(this.response, 'drain', { signal: this.stopped.signal }).catch(() => {});
      }
    }
    // Whoever follows knows by this that it has caught up.
    this.response.write('event: live\ndata: {}\n\n');
    this.hasBegun = true;
    this.flush();
  }

  add(record: LoggedRecord): void {
    this.pending.push(record);
    this.pendingBytes += record.json.length;
    if (this.pendingBytes > MOST_BUFFERED_BYTES) {
      this.response.destroy();
      return;
    }
    this.timer ??= setTimeout(() => this.flush(), BATCH_MILLISECONDS).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.stopped.abort();
  }

  private flush(): void {
    this.timer = undefined;
    if (!this.hasBegun || this.pending.length === 0) {
      return;
    }
    const records = this.pending;
    this.pending = [];
    this.pendingBytes = 0;
    this.send(records);
    if (this.response.writableLength > MOST_BUFFERED_BYTES) {
      this.response.destroy();
    }
  }

  private send(records: readonly LoggedRecord[]): boolean {
    return this.response.write(`data: [${records.map(({ json }) => json).join(',')}]\n\n`);
  }
}
