import { styleText } from 'node:util';
import { TraceBus, TraceEntry } from '../kernel/contracts';

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line for each thing that a developer waits for, and every failure in full. */
export function followTrace(trace: TraceBus, output: Output): void {
  const paint = (style: 'dim' | 'red' | 'green', text: string) => output.isTTY ? styleText(style, text) : text;
  // Writing may block, and costs more than a message does: what happens at once is written at once.
  let pending = '';
  const flush = () => {
    output.write(pending);
    pending = '';
  };
  let second = 0;
  let time = '';
  trace.subscribe(entry => {
    const line = describe(entry);
    if (!line) {
      return;
    }
    if (pending === '') {
      setImmediate(flush);
    }
    if (Math.floor(entry.time / 1000) !== second) {
      second = Math.floor(entry.time / 1000);
      time = paint('dim', new Date(entry.time).toTimeString().slice(0, 8));
    }
    const text = `${line.what.padEnd(12)} ${line.detail}`;
    pending += `${time}  ${line.failed ? paint('red', text) : text}\n`;
    // What is about to be killed will not come to it.
    if (entry.kind === 'fault') {
      flush();
    }
  });
}

interface Line {
  readonly what: string;
  readonly detail: string;
  readonly failed?: boolean;
}

const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'ForbiddenException']);

function describe(entry: TraceEntry): Line | undefined {
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
      return entry.status === 'SUCCEEDED' ? undefined : {
        what: 'workflow', detail: `${entry.stateMachine} ${entry.status}${entry.error ? `: ${entry.error}` : ''}${entry.cause ? `: ${entry.cause}` : ''}`, failed: true,
      };
    case 'call':
      return DENIED.has(entry.outcome) ? { what: 'AccessDenied', detail: `${entry.service}:${entry.operation}: ${entry.message}`, failed: true } : undefined;
    case 'fault':
      return { what: 'fault', detail: `${entry.what} ${entry.when === 'after' ? 'is done, and then ' : ''}${entry.fault} (${entry.rule})`, failed: true };
    case 'log':
      return /^(START|END|REPORT) RequestId/.test(entry.message) ? undefined : { what: 'log', detail: `${entry.source}: ${entry.message}`, failed: /\tERROR\t/.test(entry.message) };
    case 'failure':
      return { what: 'failure', detail: `${entry.source}: ${entry.message}`, failed: true };
  }
}
