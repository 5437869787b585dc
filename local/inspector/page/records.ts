import { ObservedEntry, TraceRecord, TraceStage } from '../../kernel/contracts/trace';
import { Topology, TopologyNode } from '../topology-shapes';

export type { ObservedEntry, Topology, TopologyNode, TraceRecord, TraceStage };

export type Entry<Kind extends ObservedEntry['kind']> = Extract<ObservedEntry, { kind: Kind }>;

/** What came of something, in a line. */
export interface Summary {
  /** Short: a route, an operation, a state machine. */
  readonly title: string;
  readonly detail: string;
  /** Undefined while it is not known. */
  readonly outcome?: 'ok' | 'failed';
  /** Why, when it has failed. */
  readonly why?: string;
}

const last = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);

/** The name of a construct, without what every construct has at its end. */
export function constructName(path: string): string {
  const names = path.replace(/\/Resource$/, '').split('/');
  return names.slice(names.length > 1 ? 1 : 0).join('/');
}

function outcomeOf(outcome: string): Pick<Summary, 'outcome' | 'why'> {
  return outcome === 'ok' ? { outcome } : { outcome: 'failed', why: outcome };
}

/** Says in a line what a record is about. */
export function summaryOf(entry: ObservedEntry): Summary {
  switch (entry.kind) {
    case 'connect': return { title: 'connect', detail: entry.connectionId, ...outcomeOf(entry.outcome) };
    case 'disconnect': return { title: 'disconnect', detail: `${entry.connectionId} ${entry.code} ${entry.reason}`.trim(), outcome: 'ok' };
    case 'message': return { title: entry.routeKey || '(no route)', detail: frameOf(entry) ?? `${entry.bytes} bytes`, ...outcomeOf(entry.outcome) };
    case 'request': return { title: `${entry.method} ${entry.path}`, detail: `${entry.status} ${entry.routeKey}`, ...outcomeOf(entry.outcome) };
    case 'push': return { title: 'push', detail: entry.text ?? `${entry.bytes} bytes`, outcome: 'ok' };
    case 'event': return { title: entry.detailType, detail: `${entry.source} on ${entry.bus}, ${plural(entry.rules.length, 'rule')}`, outcome: 'ok' };
    case 'call': return { title: `${entry.service}:${entry.operation}`, detail: `${subjectOf(entry)}${last(entry.principal)}`, ...outcomeOf(entry.outcome === 'ok' ? 'ok' : `${entry.outcome}: ${entry.message ?? ''}`) };
    case 'execution': return {
      title: constructName(entry.stateMachine),
      detail: entry.status,
      ...entry.status === 'RUNNING' ? {} : outcomeOf(entry.status === 'SUCCEEDED' ? 'ok' : [entry.error, entry.cause].filter(Boolean).join(': ') || entry.status),
    };
    case 'delivery': return { title: `rule ${entry.rule}`, detail: `to ${last(entry.target)}${entry.attempt > 0 ? `, attempt ${entry.attempt + 1}` : ''}`, ...outcomeOf(entry.outcome) };
    case 'batch': return { title: `pipe ${entry.pipe}`, detail: `${plural(entry.events.length, 'event')}, ${entry.inputs.length} passed`, ...outcomeOf(entry.outcome) };
    case 'log': return { title: entry.source, detail: entry.message };
    case 'failure': return { title: entry.source, detail: entry.message, outcome: 'failed', why: entry.message };
    case 'fault': return { title: entry.rule, detail: `${entry.what}: ${entry.fault}`, outcome: 'failed', why: entry.fault };
    case 'history': return { title: (entry.event as { type: string }).type, detail: '' };
    case 'evaluation': return { title: entry.location, detail: entry.expression };
    default: return { title: (entry as { kind: string }).kind, detail: '' };
  }
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a call is about, where its name does not tell one from the next: events that are put. */
function subjectOf({ service, operation, input }: Entry<'call'>): string {
  const { Entries: entries } = Object(input) as { Entries?: Array<{ Source?: unknown; DetailType?: unknown }> };
  return service === 'events' && operation === 'PutEvents' && Array.isArray(entries) && entries.length > 0
    ? `${String(entries[0]?.Source)} ${JSON.stringify(entries[0]?.DetailType)}${entries.length > 1 ? ` and ${entries.length - 1} more` : ''}, `
    : '';
}

/** What the client sent. */
export function frameOf(entry: Entry<'message'>): string | undefined {
  const frame = entry.stages?.find(({ name }) => name === 'Frame')?.details.text;
  return typeof frame === 'string' ? frame : undefined;
}

/** A value as somebody reads it; texts that are JSON are taken for what they hold. */
export function pretty(value: unknown): string {
  if (typeof value === 'string') {
    try {
      const parsed: unknown = JSON.parse(value);
      return typeof parsed === 'object' && parsed !== null ? JSON.stringify(parsed, undefined, 2) : value;
    } catch {
      return value;
    }
  }
  return JSON.stringify(value, undefined, 2) ?? '';
}
