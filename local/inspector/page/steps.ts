import { visitsOf, Visit } from './execution';
import { TraceStage } from './records';
import { Item } from './store';

/** One step of a story: a stage, something that followed, or a state of a workflow. */
export interface Step {
  readonly id: string;
  readonly depth: number;
  readonly title: string;
  readonly detail: string;
  readonly time: number;
  readonly outcome?: 'ok' | 'failed';
  readonly kind: 'stage' | 'state' | 'item';
  readonly item: Item;
  readonly stage?: TraceStage;
  readonly visit?: Visit;
}

const CALLING = ['Request to the service', 'Request to the backend', 'Integration request'];

/** All that belongs to one thing, in the order in which somebody follows it. */
export function stepsOf(root: Item): Step[] {
  const steps: Step[] = [];
  visit(root, 0, steps);
  return steps;
}

function visit(item: Item, depth: number, steps: Step[]): void {
  const { entry, sequence } = item.record;
  const { stages } = entry as { stages?: readonly TraceStage[] };
  const { title, detail, outcome } = item.summary;
  if (!stages || depth > 0) {
    steps.push({ id: String(sequence), depth, title, detail, outcome, time: startOf(item), kind: 'item', item });
  }
  if (stages) {
    visitStages(item, stages, depth, steps);
  } else if (entry.kind === 'execution') {
    visitExecution(item, depth + 1, steps);
  } else {
    item.children.forEach(child => visit(child, depth + 1, steps));
  }
}

/** What a stage has set off comes after it. */
function visitStages(item: Item, stages: readonly TraceStage[], depth: number, steps: Step[]): void {
  const calling = stages.reduce((found, { name }, index) => CALLING.includes(name) ? index : found, -1);
  stages.forEach((stage, index) => {
    const failed = stage.name === 'Gateway response' || stage.details.error !== undefined || stage.details.sent === false && stage.details.text !== undefined;
    steps.push({
      id: `${item.record.sequence}.${index}`, depth, title: stage.name, detail: stageDetail(stage), time: stage.time, kind: 'stage', item, stage, outcome: failed ? 'failed' : undefined,
    });
    if (index === calling) {
      item.children.forEach(child => visit(child, depth + 1, steps));
    }
  });
  if (calling < 0) {
    item.children.forEach(child => visit(child, depth + 1, steps));
  }
}

/** The calls of a state come after it. */
function visitExecution(item: Item, depth: number, steps: Step[]): void {
  const states = visitsOf(item.children.map(({ record }) => record));
  const owner = ownersOf(item);
  const others = item.children.filter(({ record: { entry } }) => entry.kind !== 'history' && entry.kind !== 'evaluation');
  for (const state of states) {
    const own = depth + state.depth;
    steps.push({
      id: `${item.record.sequence}:${state.id}`,
      depth: own,
      title: state.name,
      detail: state.type + (state.attempts.length > 1 ? `, ${state.attempts.length} attempts` : ''),
      time: state.enteredAt,
      kind: 'state',
      item,
      visit: state,
      outcome: state.failed !== undefined ? 'failed' : state.exitedAt !== undefined ? 'ok' : undefined,
    });
    others.filter(child => owner.get(child) === state.id).forEach(child => visit(child, own + 1, steps));
  }
  others.filter(child => !owner.has(child)).forEach(child => visit(child, depth, steps));
}

/** A call belongs to the state whose task began just before it. */
function ownersOf(item: Item): Map<Item, number> {
  const owners = new Map<Item, number>();
  const entered = new Map<number, number>();
  let current: number | undefined;
  for (const child of item.children) {
    const { entry } = child.record;
    if (entry.kind === 'history') {
      const event = entry.event as { id: number; previousEventId: number; type: string };
      const state = /StateEntered$/.test(event.type) ? event.id : entered.get(event.previousEventId);
      if (state !== undefined) {
        entered.set(event.id, state);
        current = state;
      }
    } else if (entry.kind !== 'evaluation' && current !== undefined) {
      owners.set(child, current);
    }
  }
  return owners;
}

function stageDetail({ name, details }: TraceStage): string {
  switch (name) {
    case 'Frame': return String(details.text);
    case 'Route selection': return `${String(details.expression)} → ${String(details.routeKey ?? 'none')}`;
    case 'Request template': case 'Response template': return details.error === undefined ? String(details.text).replace(/\s+/g, ' ') : String(details.error);
    case 'Integration request': return String(details.integrationType);
    case 'Request to the service': return `${String(details.service)} ${targetOf(details)}`;
    case 'Request to the backend': return String(details.url);
    case 'Answer of the integration': return `${String(details.status)}`;
    case 'Integration response': return `${String(details.selection)} matches ${String(details.key)}`;
    case 'Gateway response': return String(details.reason);
    case 'Frame to the client': return details.sent === true ? String(details.text) : String(details.why);
    case 'Handshake': return `${String(details.path)}${details.query === '' ? '' : `?${String(details.query)}`}`;
    default: return '';
  }
}

function targetOf(details: Readonly<Record<string, unknown>>): string {
  const { headers, method, path } = details as { headers?: Record<string, string>; method?: string; path?: string };
  return headers?.['x-amz-target']?.replace(/^.*\./, '') ?? `${method} ${path}`;
}

/** When it began, as far as it is known. */
export function startOf(item: Item): number {
  const { entry } = item.record;
  const { stages, startedAt = entry.time } = entry as { stages?: readonly TraceStage[]; startedAt?: number };
  const first = stages?.[0]?.time ?? startedAt;
  const firstChild = item.children[0]?.record.entry.time;
  return Math.min(first, firstChild ?? first);
}

/** When the last of it happened. */
export function endOf(item: Item): number {
  return item.children.reduce((end, child) => Math.max(end, endOf(child)), item.record.entry.time);
}
