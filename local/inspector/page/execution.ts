import { Entry, TraceRecord } from './records';

interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly details?: Readonly<Record<string, any>>;
}

/** One try of a state's task. */
export interface Attempt {
  readonly startedAt: number;
  readonly resource: string;
  readonly parameters: string;
  endedAt?: number;
  output?: string;
  error?: string;
}

/** What an expression of the state came to. */
export type FieldValue = Pick<Entry<'evaluation'>, 'location' | 'expression' | 'value' | 'error'>;

/** One stay in a state. */
export interface Visit {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly enteredAt: number;
  readonly input?: string;
  /** The stay from which the execution came here; undefined at its start. */
  readonly from?: Visit;
  /** Within how many Map and Parallel states it is. */
  readonly depth: number;
  exitedAt?: number;
  output?: string;
  assigned?: Readonly<Record<string, string>>;
  failed?: string;
  readonly attempts: Attempt[];
  readonly fields: FieldValue[];
  /** The record before which nothing of it happened, by which calls are found. */
  sequence: number;
}

/** The stays of an execution in their order, from its records. */
export function visitsOf(records: readonly TraceRecord[]): Visit[] {
  const events = new Map<number, HistoryEvent>();
  const visits = new Map<number, Visit>();
  const ofEvent = new Map<number, Visit | undefined>();
  const fieldsBefore = new Map<number, FieldValue[]>();

  for (const { entry, sequence } of records) {
    if (entry.kind === 'evaluation') {
      const { enteredEventId, location, expression, value, error } = entry;
      const field = { location, expression, value, error };
      const visit = visits.get(enteredEventId);
      if (visit) {
        visit.fields.push(field);
      } else {
        fieldsBefore.set(enteredEventId, [...fieldsBefore.get(enteredEventId) ?? [], field]);
      }
    } else if (entry.kind === 'history') {
      const event = entry.event as HistoryEvent;
      events.set(event.id, event);
      ofEvent.set(event.id, take(event, sequence));
    }
  }
  return [...visits.values()];

  function take(event: HistoryEvent, sequence: number): Visit | undefined {
    const previous = ofEvent.get(event.previousEventId);
    const { type, details = {} } = event;
    const entered = /^(\w+)StateEntered$/.exec(type);
    if (entered) {
      const before = events.get(event.previousEventId);
      const isAfter = before === undefined || /StateExited$/.test(before.type);
      const visit: Visit = {
        id: event.id,
        name: String(details.name),
        type: entered[1],
        enteredAt: event.timestamp,
        input: details.input,
        from: previous,
        depth: previous === undefined ? 0 : previous.depth + (isAfter || before.type === 'TaskFailed' || !/(Map|Parallel)(State|Iteration)/.test(before.type) ? 0 : 1),
        attempts: [],
        fields: fieldsBefore.get(event.id) ?? [],
        sequence,
      };
      visits.set(event.id, visit);
      return visit;
    }
    if (/StateExited$/.test(type)) {
      const visit = enclosing(previous, String(details.name));
      if (visit) {
        visit.exitedAt = event.timestamp;
        visit.output = details.output;
        visit.assigned = details.assignedVariables;
        visit.failed = undefined;
      }
      return visit;
    }
    note(previous, event);
    return previous;
  }
}

/** The stay of that name that is under way, from what happens in it. */
function enclosing(from: Visit | undefined, name: string): Visit | undefined {
  for (let visit = from; visit; visit = visit.from) {
    if (visit.name === name && visit.exitedAt === undefined) {
      return visit;
    }
  }
  return undefined;
}

function note(visit: Visit | undefined, { type, timestamp, details = {} }: HistoryEvent): void {
  if (!visit) {
    return;
  }
  const current = visit.attempts.at(-1);
  const reason = [details.error, details.cause].filter(Boolean).join(': ');
  if (/(Task|LambdaFunction|Activity)Scheduled$/.test(type)) {
    visit.attempts.push({
      startedAt: timestamp, resource: [details.resourceType, details.resource].filter(Boolean).join(':'), parameters: String(details.parameters ?? details.input ?? ''),
    });
  } else if (/Succeeded$/.test(type) && current && current.endedAt === undefined) {
    current.endedAt = timestamp;
    current.output = details.output;
  } else if (/(Failed|TimedOut)$/.test(type)) {
    visit.failed = reason || type;
    if (current && current.endedAt === undefined) {
      current.endedAt = timestamp;
      current.error = reason || type;
    }
  }
}

/** How often the execution went from one state to another. */
export function stepsTaken(visits: readonly Visit[]): Map<string, number> {
  const steps = new Map<string, number>();
  for (const { from, name } of visits) {
    if (from) {
      const key = stepKey(from.name, name);
      steps.set(key, (steps.get(key) ?? 0) + 1);
    }
  }
  return steps;
}

export function stepKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
