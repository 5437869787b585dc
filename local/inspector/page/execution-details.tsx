import { useEffect, useMemo, useState } from 'preact/hooks';
import { stepKey, stepsTaken, Visit, visitsOf } from './execution';
import { layOut } from './layout';
import { Model } from './model';
import { duration, Facts, Json, Problem, Section } from './parts';
import { constructName, Entry } from './records';
import { look } from './server';
import { Item } from './store';
import { WorkflowGraph, workflowGraph } from './workflow-graph';

const definitions = new Map<string, Promise<WorkflowGraph>>();

/** The graph of an execution's state machine. */
function graphOf(executionArn: string): Promise<WorkflowGraph> {
  const stateMachineArn = executionArn.replace(/:(?:express|execution):([^:]+):.*$/, ':stateMachine:$1');
  let graph = definitions.get(stateMachineArn);
  if (!graph) {
    graph = look('states', 'DescribeStateMachine', { stateMachineArn }).then(({ definition }) => workflowGraph(definition));
    definitions.set(stateMachineArn, graph);
  }
  return graph;
}

/** An execution as a graph with the way that it took. */
export function ExecutionDetails({ entry, item, model }: { readonly entry: Entry<'execution'>; readonly item: Item; readonly model: Model }) {
  const visits = useMemo(() => visitsOf(item.children.map(({ record }) => record)), [item, model.store.version]);
  const [graph, setGraph] = useState<WorkflowGraph>();
  const [problem, setProblem] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    if (entry.arn !== undefined) {
      graphOf(entry.arn).then(setGraph, error => setProblem((error as Error).message));
    }
  }, [entry.arn]);
  const chosenVisits = visits.filter(({ name }) => name === chosen);
  return (
    <>
      <Facts facts={[['state machine', constructName(entry.stateMachine)], ['status', entry.status], ['execution', entry.arn && <code>{entry.arn}</code>]]} />
      {entry.error === undefined ? null : <p class="problem">{entry.error}: {entry.cause}</p>}
      <Problem message={problem} />
      {graph ? <Graph graph={graph} visits={visits} chosen={chosen} choose={setChosen} /> : null}
      {chosen === undefined ? null : chosenVisits.length === 0 ? <p>The execution did not come to {chosen}.</p> : chosenVisits.map(visit => (
        <Section key={visit.id} title={visit.name} note={visit.type}><VisitDetails visit={visit} /></Section>
      ))}
      <Section title="Input"><Json value={entry.input} /></Section>
      {entry.output === undefined ? null : <Section title="Output"><Json value={entry.output} /></Section>}
    </>
  );
}

const NODE = { height: 34, paddingPerLetter: 7.2, padding: 34 };

interface GraphProps {
  readonly graph: WorkflowGraph;
  readonly visits: readonly Visit[];
  readonly chosen?: string;
  readonly choose: (name: string) => void;
}

function Graph({ graph, visits, chosen, choose }: GraphProps) {
  const layout = useMemo(() => layOut(
    graph.nodes.map(({ id }) => ({ id, height: NODE.height, width: Math.min(260, Math.max(96, id.length * NODE.paddingPerLetter + NODE.padding)) })),
    graph.edges, { direction: 'down', between: 30, beside: 22 },
  ), [graph]);
  const taken = stepsTaken(visits);
  const counts = new Map<string, { count: number; failed: boolean }>();
  for (const { name, failed } of visits) {
    const known = counts.get(name);
    counts.set(name, { count: (known?.count ?? 0) + 1, failed: failed !== undefined || known?.failed === true });
  }
  // Those that were taken lie above the others.
  const edges = [...graph.edges].sort((left, right) => Number(taken.has(stepKey(left.from, left.to))) - Number(taken.has(stepKey(right.from, right.to))));
  const margin = 30;
  return (
    <div class="graph" tabIndex={0} role="region" aria-label="Workflow">
      <svg width={layout.width + 2 * margin} height={layout.height + 2 * margin} viewBox={`${-margin} ${-margin} ${layout.width + 2 * margin} ${layout.height + 2 * margin}`} role="group" aria-label="States">
        <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" class="arrow" /></marker></defs>
        {edges.map(({ from, to, kind }) => {
          const start = layout.nodes.get(from);
          const end = layout.nodes.get(to);
          if (!start || !end) {
            return null;
          }
          const isTaken = taken.has(stepKey(from, to));
          const x1 = start.x + start.width / 2;
          const x2 = end.x + end.width / 2;
          const isBack = end.layer <= start.layer;
          const path = isBack
            ? `M${start.x + start.width} ${start.y + start.height / 2} C${start.x + start.width + 60} ${start.y} ${end.x + end.width + 60} ${end.y + end.height} ${end.x + end.width} ${end.y + end.height / 2}`
            : `M${x1} ${start.y + start.height} C${x1} ${start.y + start.height + 20} ${x2} ${end.y - 22} ${x2} ${end.y - 1}`;
          return <path key={`${from} ${to} ${kind}`} d={path} class={`edge edge-${kind}${isTaken ? ' taken' : ''}`} markerEnd={isTaken ? 'url(#arrow)' : undefined} />;
        })}
        {graph.nodes.map(({ id, type }) => {
          const { x, y, width, height } = layout.nodes.get(id)!;
          const visited = counts.get(id);
          const choosing = () => choose(id);
          const label = `${id}, ${type}, ${visited ? `${visited.count} times${visited.failed ? ', failed' : ''}` : 'not visited'}`;
          return (
            <g
              key={id} class={`state${visited ? ' visited' : ''}${visited?.failed ? ' failed' : ''}${id === chosen ? ' chosen' : ''}`} transform={`translate(${x} ${y})`} role="button" tabIndex={0}
              aria-label={label} onClick={choosing} onKeyDown={event => event.key === 'Enter' && choosing()}
            >
              <title>{label}</title>
              <rect width={width} height={height} rx={type === 'Choice' ? 17 : 8} />
              <text x={width / 2} y={height / 2 + 4}>{shortened(id, width)}</text>
              {visited && visited.count > 1 ? <text class="times" x={width - 6} y={-4}>×{visited.count}</text> : null}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

export function shortened(text: string, width: number, perLetter = 7): string {
  const most = Math.floor((width - 12) / perLetter);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

/** One stay in a state: what came in, what its expressions came to, its attempts, what went out. */
export function VisitDetails({ visit }: { readonly visit: Visit }) {
  return (
    <>
      {visit.failed === undefined ? null : <p class="problem">{visit.failed}</p>}
      <Facts facts={[['type', visit.type], ['took', visit.exitedAt === undefined ? 'it is still there' : duration(visit.exitedAt - visit.enteredAt)]]} />
      {visit.fields.length === 0 ? null : (
        <Section title="JSONata" note="each field with its value">
          {visit.fields.map((field, index) => (
            <div class="field" key={index}>
              <div class="field-name">{field.location}</div>
              <pre class="expression" tabIndex={0} role="region" aria-label={`Expression of ${field.location}`}>{field.expression}</pre>
              {field.error === undefined ? <Json value={field.value ?? null} label={`Value of ${field.location}`} /> : <p class="problem">{field.error}</p>}
            </div>
          ))}
        </Section>
      )}
      {visit.attempts.map((attempt, index) => (
        <Section key={index} title={visit.attempts.length > 1 ? `Attempt ${index + 1}` : 'Task'} note={`${attempt.resource}${attempt.endedAt === undefined ? '' : `, ${duration(attempt.endedAt - attempt.startedAt)}`}`}>
          <Json value={attempt.parameters} label="Parameters" />
          {attempt.error === undefined ? attempt.output === undefined ? null : <Json value={attempt.output} label="Result" /> : <p class="problem">{attempt.error}</p>}
        </Section>
      ))}
      <Section title="Input"><Json value={visit.input} /></Section>
      {visit.assigned === undefined ? null : <Section title="Assigned variables"><Json value={Object.fromEntries(Object.entries(visit.assigned).map(([name, value]) => [name, JSON.parse(value)]))} /></Section>}
      {visit.output === undefined ? null : <Section title="Output"><Json value={visit.output} /></Section>}
    </>
  );
}
