import { ObservedEntry, TraceRecord, TraceStage } from '../kernel/contracts';

/** What of a stage says most, in a line. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  'Handshake': ['path', 'query'],
  'Frame': ['text'],
  'Route selection': ['expression', 'value', 'routeKey'],
  'Request template': ['text', 'error'],
  'Integration request': ['integrationType', 'uri'],
  'Request to the service': ['service', 'body'],
  'Request to the backend': ['method', 'url', 'body'],
  'Answer of the integration': ['status', 'body'],
  'Integration response': ['selection', 'key'],
  'Response template': ['text', 'error'],
  'Gateway response': ['status', 'reason'],
  'Frame to the client': ['text', 'why'],
};

/** The story of a request as text: its stages, and whatever followed, each below what it was caused by. */
export function storyText(records: readonly TraceRecord[]): string {
  // The latest of a number says how it ended.
  const bySequence = new Map(records.map(record => [record.sequence, record]));
  const children = new Map<number | undefined, TraceRecord[]>();
  for (const record of [...bySequence.values()].sort((left, right) => left.sequence - right.sequence)) {
    const cause = record.cause !== undefined && bySequence.has(record.cause) ? record.cause : undefined;
    children.set(cause, [...children.get(cause) ?? [], record]);
  }
  const lines: string[] = [];
  const write = (depth: number, text: string) => text.split('\n').forEach((line, index) => lines.push(`${'  '.repeat(depth)}${index === 0 ? '' : '  '}${line}`));
  const visit = ({ sequence, entry }: TraceRecord, depth: number): void => {
    write(depth, describeEntry(entry));
    stagesOf(entry).forEach(stage => write(depth + 1, describeStage(stage)));
    (children.get(sequence) ?? []).forEach(child => visit(child, depth + 1));
  };
  (children.get(undefined) ?? []).forEach(record => visit(record, 0));
  return `${lines.join('\n')}\n`;
}

/** What a log with stages says of one thing: its stages, and the thing itself where nothing else has said it. */
export function storyLines(entry: ObservedEntry, isSaid: boolean): string[] {
  return [...isSaid ? [] : describeEntry(entry, false).split('\n'), ...stagesOf(entry).map(describeStage)];
}

function stagesOf(entry: ObservedEntry): readonly TraceStage[] {
  return (entry as { stages?: readonly TraceStage[] }).stages ?? [];
}

function describeStage({ name, details }: TraceStage): string {
  const told = (TELLING[name] ?? []).flatMap(member => details[member] === undefined || details[member] === '' ? [] : [shown(details[member])]);
  return `${name}: ${told.join('  ')}`;
}

/** One thing, in a line or a few. */
function describeEntry(entry: ObservedEntry, isTimed = true): string {
  const time = isTimed ? `${new Date(entry.time).toISOString().slice(11, 23)} ` : '';
  switch (entry.kind) {
    case 'message': return `${time}message ${entry.routeKey || '(no route)'} of ${entry.connectionId}: ${entry.outcome}`;
    case 'connect': return `${time}connect ${entry.connectionId}: ${entry.outcome}`;
    case 'disconnect': return `${time}disconnect ${entry.connectionId}: ${entry.code} ${entry.reason}`.trimEnd();
    case 'request': return `${time}${entry.method} ${entry.path}: ${entry.status} ${entry.outcome}`;
    case 'push': return `${time}push to ${entry.connectionId}: ${shown(entry.text ?? `${entry.bytes} bytes`)}`;
    case 'event': return `${time}event ${entry.source} "${entry.detailType}" on ${entry.bus}: ${entry.rules.length === 0 ? 'no rule matches' : `matched by ${entry.rules.join(', ')}`}`;
    case 'execution': return `${time}workflow ${entry.stateMachine}: ${[entry.status, entry.error, entry.cause].filter(Boolean).join(', ')}${entry.output === undefined ? '' : `  ${shown(entry.output)}`}`;
    case 'delivery': return `${time}rule ${entry.rule} to ${entry.target}: ${entry.outcome}`;
    case 'batch': return `${time}pipe ${entry.pipe} to ${entry.target}, ${entry.inputs.length} of ${entry.events.length} events: ${entry.outcome}`;
    case 'call': return [
      `${time}call ${entry.service}:${entry.operation} as ${entry.principal.slice(entry.principal.lastIndexOf(':') + 1)}: ${entry.outcome}${entry.message === undefined ? '' : `: ${entry.message}`}`,
      ...(entry.decisions ?? []).map(({ action, allowed, reason, policy, statement }) =>
        `IAM ${allowed ? 'allows' : 'denies'} ${action}${policy === undefined ? '' : ` by ${policy}`}${statement === undefined ? allowed ? '' : ` (${reason})` : `: ${shown(statement)}`}`),
    ].join('\n');
    case 'history': {
      const { type, details } = entry.event as { type: string; details?: Record<string, unknown> };
      return `${type}${details?.name === undefined ? '' : ` ${String(details.name)}`}${details?.error === undefined ? '' : `: ${String(details.error)} ${String(details.cause ?? '')}`}`;
    }
    case 'evaluation': return `${entry.state} ${entry.location} = ${entry.error ?? shown(entry.value)}`;
    case 'fault': return `${time}fault ${entry.rule}: ${entry.what} ${entry.fault}`;
    case 'log': case 'failure': return `${time}${entry.kind} ${entry.source}: ${entry.message}`;
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : jsonOf(value);
  const line = text.replace(/\s*\n\s*/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** A value may be nested more deeply than can be written: to look at what happens must not change what happens. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch (error) {
    return `(it cannot be shown: ${(error as Error).message})`;
  }
}
