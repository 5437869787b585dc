import { TraceEntry } from '../kernel/contracts/trace';

const MOST = 10;

/** What went wrong in the app, as a failing test tells it, and which events there were, which may be others than were waited for; empty when nothing happened. */
export function describeProblems(entries: readonly TraceEntry[]): string {
  return list('What went wrong in the app meanwhile', entries.flatMap(entry => describe(entry) ?? [])) + list('Events meanwhile', entries.flatMap(entry => entry.kind === 'event'
    ? [`${entry.source} ${JSON.stringify(entry.detailType)} on ${entry.bus}, ${entry.rules.length === 0 ? 'which no rule takes' : `taken by ${entry.rules.join(', ')}`}`]
    : []));
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) {
    return '';
  }
  const omitted = lines.length - MOST;
  return `${title}:\n${lines.slice(-MOST).map(line => `  ${line}\n`).join('')}${omitted > 0 ? `  and ${omitted} before that\n` : ''}`;
}

function describe(entry: TraceEntry): string | undefined {
  switch (entry.kind) {
    case 'failure':
      return `${entry.source}: ${entry.message}`;
    case 'call':
      return entry.outcome === 'ok' ? undefined : `${entry.service}:${entry.operation}: ${entry.outcome}${entry.message ? `: ${entry.message}` : ''}`;
    case 'execution':
      return entry.status === 'SUCCEEDED' ? undefined : `${entry.stateMachine} ${entry.status}${entry.error ? `: ${entry.error}` : ''}${entry.cause ? `: ${entry.cause}` : ''}`;
    case 'message':
      return entry.outcome === 'ok' ? undefined : `route ${entry.routeKey || '(none)'}: ${entry.outcome}`;
    case 'connect':
      return entry.outcome === 'ok' ? undefined : `connect: ${entry.outcome}`;
    default:
      return undefined;
  }
}
