import { TraceEntry } from '../kernel/contracts/trace';

const MOST = 10;

/** What went wrong in the app, as a failing test tells it; empty when nothing did. */
export function describeProblems(entries: readonly TraceEntry[]): string {
  const problems = entries.flatMap(entry => describe(entry) ?? []);
  if (problems.length === 0) {
    return '';
  }
  const omitted = problems.length - MOST;
  return `What went wrong in the app meanwhile:\n${problems.slice(-MOST).map(problem => `  ${problem}\n`).join('')}${omitted > 0 ? `  and ${omitted} before that\n` : ''}`;
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
