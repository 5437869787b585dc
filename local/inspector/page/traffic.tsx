import { useMemo, useState } from 'preact/hooks';
import { Model } from './model';
import { clockTime, duration, Outcome } from './parts';
import { Picture } from './picture';
import { frameOf, plural } from './records';
import { post } from './server';
import { StepDetails } from './step-details';
import { endOf, startOf, Step, stepsOf } from './steps';
import { Item } from './store';
import { VirtualList } from './virtual-list';

const KINDS = [
  ['message', 'Messages'], ['connect', 'Connects'], ['disconnect', 'Disconnects'], ['request', 'HTTP'], ['call', 'Calls'], ['event', 'Events'], ['execution', 'Workflows'],
  ['failure', 'Failures'], ['log', 'Logs'],
] as const;

/** What came from outside, the picture that it moves through, and each step of the one that is looked at. */
export function Traffic({ model }: { readonly model: Model }) {
  const [text, setText] = useState('');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [showsPicture, setShowsPicture] = useState(true);
  const { store, selected } = model;
  const items = useMemo(() => store.filtered({ text, hidden, onlyFailed }), [store.version, text, hidden, onlyFailed]);
  const index = selected ? items.indexOf(selected) : -1;
  const toggle = (kind: string) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) {
      next.add(kind);
    }
    setHidden(next);
  };

  return (
    <div class="traffic">
      {showsPicture ? <Picture model={model} /> : null}
      <div class="toolbar" role="toolbar" aria-label="Filter">
        <input type="search" aria-label="Search" placeholder="Search: route, connection, request id, text…" value={text} onInput={event => setText(event.currentTarget.value)} />
        <div class="chips">
          {KINDS.map(([kind, label]) => <button type="button" key={kind} class="chip" aria-pressed={!hidden.has(kind)} onClick={() => toggle(kind)}>{label}</button>)}
          <button type="button" class="chip" aria-pressed={onlyFailed} onClick={() => setOnlyFailed(!onlyFailed)}>Only failed</button>
        </div>
        <span class="grow" />
        <span class="count" aria-live="off">{items.length.toLocaleString()} of {store.roots.length.toLocaleString()}</span>
        <button type="button" onClick={() => setShowsPicture(!showsPicture)} aria-expanded={showsPicture}>Picture</button>
        <button type="button" aria-pressed={model.isPaused} onClick={() => model.pause(!model.isPaused)}>
          {model.isPaused ? `Resume${model.heldCount === 0 ? '' : ` (${model.heldCount})`}` : 'Pause'}
        </button>
        <button type="button" onClick={() => void clear(model)}>Clear</button>
      </div>
      <div class="panes">
        <VirtualList
          label="What came from outside" className="items" values={items} rowHeight={34} selected={index} followsEnd={!selected}
          keyOf={item => item.record.sequence} onSelect={at => model.change({ selected: items[at] })} rowClass={item => item.hasFailed ? 'has-failed' : ''}
          render={item => <ItemRow item={item} />}
          empty={store.roots.length === 0 ? 'Nothing has happened yet. Connect a client, or open a socket here.' : 'The filter lets nothing through.'}
        />
        {selected ? <Story key={selected.record.sequence} model={model} root={selected} /> : <div class="empty">Choose something, and every stage of it is shown here.</div>}
      </div>
    </div>
  );
}

async function clear(model: Model): Promise<void> {
  await post('clear', {});
  model.store.clear();
  model.change({ selected: undefined });
}

function ItemRow({ item }: { readonly item: Item }) {
  const { entry } = item.record;
  const { title, detail, outcome } = item.summary;
  return (
    <>
      <Outcome outcome={item.hasFailed ? 'failed' : outcome} />
      <span class="time">{clockTime(startOf(item)).slice(0, 8)}</span>
      <span class={`kind kind-${entry.kind}`}>{entry.kind}</span>
      <span class="title">{title}</span>
      <span class="detail">{detail}</span>
    </>
  );
}

/** Each step of one thing, and what there is to know of it. */
function Story({ model, root }: { readonly model: Model; readonly root: Item }) {
  const steps = useMemo(() => stepsOf(root), [root, model.store.version]);
  const [chosen, setChosen] = useState<string>();
  const at = Math.max(0, chosen === undefined ? firstOf(steps) : steps.findIndex(({ id }) => id === chosen));
  const step = steps[at];
  const start = startOf(root);
  return (
    <>
      <div class="story">
        <StoryHead root={root} steps={steps} />
        <VirtualList
          label="Steps" className="steps" values={steps} rowHeight={30} selected={at} keyOf={({ id }) => id} onSelect={index => setChosen(steps[index].id)}
          render={each => <StepRow step={each} start={start} />} rowClass={each => `step-${each.kind}`}
        />
      </div>
      <div class="details" role="region" aria-label="Details" tabIndex={0}>{step ? <StepDetails key={step.id} step={step} model={model} /> : null}</div>
    </>
  );
}

/** What somebody looks for first: what went wrong, or what was made of the message. */
function firstOf(steps: readonly Step[]): number {
  const failed = steps.findIndex(({ outcome, kind }) => outcome === 'failed' && kind !== 'item');
  return failed >= 0 ? failed : steps.findIndex(({ title }) => title === 'Request template');
}

function StepRow({ step, start }: { readonly step: Step; readonly start: number }) {
  return (
    <>
      <span class="indent" style={{ width: `${Math.min(step.depth, 12) * 14}px` }} />
      {step.outcome || step.kind !== 'stage' ? <Outcome outcome={step.outcome} /> : <span class="dot stage" />}
      <span class="title">{step.title}</span>
      <span class="detail">{step.detail}</span>
      <span class="time">+{duration(Math.max(0, step.time - start))}</span>
    </>
  );
}

function StoryHead({ root, steps }: { readonly root: Item; readonly steps: readonly Step[] }) {
  const { entry } = root.record;
  const { requestId } = entry as { requestId?: string };
  const [note, setNote] = useState<string>();
  const replay = async () => {
    if (entry.kind === 'message') {
      const { api, stage, connectionId } = entry;
      try {
        await post('replay', { api, stage, connectionId, text: frameOf(entry) });
        setNote('Sent again.');
      } catch (error) {
        setNote((error as Error).message);
      }
    }
  };
  return (
    <header class="story-head">
      <h2><span class={`kind kind-${entry.kind}`}>{entry.kind}</span> {root.summary.title}</h2>
      <p class="about">{plural(steps.length, 'step')}, {duration(endOf(root) - startOf(root))}{requestId === undefined ? '' : `, ${requestId}`}</p>
      {root.summary.why === undefined ? null : <p class="problem">{root.summary.why}</p>}
      <div class="actions">
        {entry.kind === 'message' ? <button type="button" onClick={() => void replay()}>Send again</button> : null}
        <button type="button" onClick={() => exportStory(root)}>Export JSON</button>
        {note === undefined ? null : <span class="note" role="status">{note}</span>}
      </div>
    </header>
  );
}

function exportStory(root: Item): void {
  const records: unknown[] = [];
  const collect = (item: Item) => {
    records.push(item.record);
    item.children.forEach(collect);
  };
  collect(root);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(records, undefined, 2)], { type: 'application/json' }));
  link.download = `trace-${root.record.sequence}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
