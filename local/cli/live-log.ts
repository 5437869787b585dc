import { storyLines } from '../inspector/story-text';
import { encode } from '../inspector/trace-log';
import { MissingPermission, ObservedEntry, TraceBus, TraceRecord } from '../kernel/contracts';

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** The codes with which terminals begin and end a style. */
const STYLES = { dim: [2, 22], red: [31, 39] } as const;

/** How a log is written. */
export interface LogStyle {
  /** Every stage of every message, every call and every state of a workflow. */
  readonly verbose?: boolean;
  /** One JSON object a line, for programs. */
  readonly json?: boolean;
}

/** Writes what happens as it happens. */
export function followTrace(trace: TraceBus, output: Output, style: LogStyle = {}): void {
  const log = new LiveLog(output, style);
  if (style.verbose) {
    trace.observe(record => log.add(record.entry, record));
  } else {
    trace.subscribe(entry => log.add(entry));
  }
}

/** One line for each thing that a developer waits for, and every failure in full. */
export class LiveLog {
  private pending = '';
  private second = 0;
  private time = '';

  constructor(private readonly output: Output, private readonly style: LogStyle = {}) {}

  add(entry: ObservedEntry, record?: TraceRecord): void {
    const text = this.style.json ? `${record ? encode(record) : JSON.stringify(entry)}\n` : this.linesOf(entry);
    if (text === '') {
      return;
    }
    // Writing may block, and costs more than a message does: what happens at once is written at once.
    if (this.pending === '') {
      setImmediate(() => this.flush());
    }
    this.pending += text;
    // What is about to be killed will not come to it.
    if (entry.kind === 'fault') {
      this.flush();
    }
  }

  private flush(): void {
    const { pending } = this;
    this.pending = '';
    if (pending !== '') {
      this.output.write(pending);
    }
  }

  private linesOf(entry: ObservedEntry): string {
    const line = describe(entry);
    const details = this.style.verbose ? storyLines(entry, line !== undefined) : [];
    if (!line && details.length === 0) {
      return '';
    }
    if (Math.floor(entry.time / 1000) !== this.second) {
      this.second = Math.floor(entry.time / 1000);
      this.time = this.paint('dim', new Date(entry.time).toTimeString().slice(0, 8));
    }
    const head = line ? `${this.time}  ${line.failed ? this.paint('red', textOf(line)) : textOf(line)}\n` : '';
    return head + details.map(detail => `${this.time}    ${this.paint('dim', detail)}\n`).join('');
  }

  private paint(style: keyof typeof STYLES, text: string): string {
    const [begin, end] = STYLES[style];
    return this.output.isTTY && !process.env.NO_COLOR ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
  }
}

function textOf({ what, detail }: Line): string {
  return `${what.padEnd(12)} ${detail}`;
}

interface Line {
  readonly what: string;
  readonly detail: string;
  readonly failed?: boolean;
}

const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'ForbiddenException']);

function describe(entry: ObservedEntry): Line | undefined {
  switch (entry.kind) {
    case 'connect':
      return { what: 'connect', detail: `${entry.connectionId} ${entry.outcome}`, failed: entry.outcome !== 'ok' };
    case 'disconnect':
      return { what: 'disconnect', detail: `${entry.connectionId} ${entry.code}${entry.reason && ` ${entry.reason}`}` };
    case 'message':
      return { what: entry.routeKey || '(no route)', detail: `${entry.connectionId} ${entry.bytes} bytes, ${entry.outcome}`, failed: entry.outcome !== 'ok' };
    case 'request':
      return { what: entry.method, detail: `${entry.path} ${entry.status}${entry.outcome === 'ok' ? '' : `, ${entry.outcome}`}`, failed: entry.outcome !== 'ok' };
    case 'push':
      return { what: 'push', detail: `${entry.connectionId} ${entry.bytes} bytes` };
    case 'event':
      return { what: 'event', detail: `${entry.source} "${entry.detailType}" on ${entry.bus}, ${entry.rules.length} rule${entry.rules.length === 1 ? '' : 's'}` };
    case 'execution':
      return entry.status === 'SUCCEEDED' || entry.status === 'RUNNING' ? undefined : {
        what: 'workflow', detail: `${entry.stateMachine} ${entry.status}${entry.error ? `: ${entry.error}` : ''}${entry.cause ? `: ${entry.cause}` : ''}`, failed: true,
      };
    case 'call':
      return DENIED.has(entry.outcome)
        ? { what: 'AccessDenied', detail: `${entry.service}:${entry.operation}: ${entry.message}${entry.missing ? advice(entry.missing) : ''}`, failed: true }
        : undefined;
    case 'fault':
      return { what: 'fault', detail: `${entry.what} ${entry.when === 'after' ? 'is done, and then ' : ''}${entry.fault} (${entry.rule})`, failed: true };
    case 'log':
      return /^(START|END|REPORT) RequestId/.test(entry.message) ? undefined : { what: 'log', detail: `${entry.source}: ${entry.message}`, failed: /\tERROR\t/.test(entry.message) };
    case 'failure':
      return { what: 'failure', detail: `${entry.source}: ${entry.message}`, failed: true };
    default:
      return undefined;
  }
}

/** What to do about a permission that is missing. */
function advice({ statement, role, where, denied }: MissingPermission): string {
  if (denied) {
    return '\n              a statement denies it: another one that allows it would change nothing';
  }
  const place = where ? `the role ${where.constructPath.replace(/\/Resource$/, '')} (${where.logicalId})` : role ?? 'the policy of the resource, with a Principal';
  return `\n              add to ${place}: ${JSON.stringify(statement)}`;
}
