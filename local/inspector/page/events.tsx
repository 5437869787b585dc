import { useEffect, useRef, useState } from 'preact/hooks';
import { Model } from './model';
import { Problem, Section } from './parts';
import { call, post } from './server';

interface Explanation {
  readonly matched: boolean;
  readonly fields: ReadonlyArray<{
    readonly path: string;
    readonly matched: boolean;
    readonly values: readonly unknown[];
    readonly tests: ReadonlyArray<{ readonly means: string; readonly matched: boolean }>;
    readonly why: string;
  }>;
  readonly choices: ReadonlyArray<{ readonly path: string; readonly matched: boolean; readonly branches: readonly Explanation[] }>;
  readonly note?: string;
}

/** A pattern that a client has subscribed with, as its row has it. */
interface SubscriptionVerdict {
  readonly subscriptionId: string;
  readonly connectionId: string;
  readonly explanation: Explanation;
}

interface RuleVerdict {
  readonly rule: string;
  readonly state: string;
  readonly explanation: Explanation;
}

interface Verdicts {
  readonly rules: readonly RuleVerdict[];
  readonly subscriptions: readonly SubscriptionVerdict[];
  readonly areMore: boolean;
}

/** As many are shown; those that do not match first, since they are asked about. */
const MOST_SHOWN = 50;

/** Events to send on a bus, and why rules and patterns match them or not. */
export function Events({ model }: { readonly model: Model }) {
  const buses = model.state?.topology.nodes.filter(({ kind }) => kind === 'bus').map(({ details, label }) => String(details.busName ?? label)) ?? [];
  const given = model.event;
  const [chosenBus, setBus] = useState(given?.bus);
  const bus = chosenBus ?? buses[0] ?? 'default';
  const [source, setSource] = useState(String(given?.event.source ?? 'shop'));
  const [detailType, setDetailType] = useState(String(given?.event['detail-type'] ?? 'OrderPlaced'));
  const [detail, setDetail] = useState(JSON.stringify(given?.event.detail ?? { orderId: '42', amount: 5 }, undefined, 2));
  const [pattern, setPattern] = useState('{\n  "source": ["shop"],\n  "detail": {\n    "amount": [{ "numeric": [">", 100] }]\n  }\n}');
  const [verdicts, setVerdicts] = useState<Verdicts>();
  const [explanation, setExplanation] = useState<Explanation>();
  const [problem, setProblem] = useState<string>();
  const [note, setNote] = useState<string>();

  const asking = useRef<HTMLButtonElement>(null);

  const attempt = async (work: () => Promise<void>) => {
    setProblem(undefined);
    setNote(undefined);
    try {
      await work();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const event = () => ({
    'version': '0',
    'id': '00000000-0000-0000-0000-000000000000',
    'account': '000000000000',
    'region': 'us-east-1',
    'resources': [],
    'time': new Date(model.state?.now ?? 0).toISOString(),
    ...given?.event,
    source,
    'detail-type': detailType,
    'detail': JSON.parse(detail),
  });
  const send = () => attempt(async () => {
    const { Entries: [entry] } = await call('events', 'PutEvents', { Entries: [{ EventBusName: bus, Source: source, DetailType: detailType, Detail: detail }] });
    setNote(entry.ErrorCode === undefined ? `Sent, as ${entry.EventId}.` : `${entry.ErrorCode}: ${entry.ErrorMessage}`);
  });
  const ask = () => attempt(async () => setVerdicts(await post('why', { bus, event: event() })));
  const match = () => attempt(async () => setExplanation(await post('match', { pattern, event: event() })));
  // Who comes with an event has asked already.
  useEffect(() => {
    if (given) {
      // The button that led here is gone, and the focus with it.
      asking.current?.focus();
      void ask();
    }
  }, [given]);
  const subscriptions = [...verdicts?.subscriptions ?? []].sort((left, right) => Number(left.explanation.matched) - Number(right.explanation.matched));

  return (
    <div class="two-columns">
      <form class="column" onSubmit={submitted => { submitted.preventDefault(); void send(); }}>
        <h2>Event</h2>
        <label>
          Bus
          <select value={bus} onChange={changed => setBus(changed.currentTarget.value)}>
            {[...new Set([bus, ...buses])].map(name => <option key={name}>{name}</option>)}
          </select>
        </label>
        <div class="pair">
          <label>source<input value={source} onInput={typed => setSource(typed.currentTarget.value)} /></label>
          <label>detail-type<input value={detailType} onInput={typed => setDetailType(typed.currentTarget.value)} /></label>
        </div>
        <label>detail<textarea rows={9} spellcheck={false} value={detail} onInput={typed => setDetail(typed.currentTarget.value)} /></label>
        <div class="actions">
          <button type="submit" class="primary">Send</button><button type="button" ref={asking} onClick={() => void ask()}>Who takes it, and why?</button>
          {note === undefined ? null : <span class="note" role="status">{note}</span>}
        </div>
        <Problem message={problem} />
        <h2>A pattern to try</h2>
        <label>Pattern<textarea rows={7} spellcheck={false} value={pattern} onInput={typed => setPattern(typed.currentTarget.value)} /></label>
        <div class="actions"><button type="button" onClick={() => void match()}>Does it match?</button></div>
      </form>
      <div class="column" aria-live="polite">
        {explanation ? <Section title="The pattern" note={explanation.matched ? 'matches' : 'does not match'}><Explained explanation={explanation} /></Section> : null}
        {verdicts?.rules.map(({ rule, state, explanation: about }) => (
          <Section key={rule} title={`Rule ${rule}`} note={state === 'ENABLED' ? (about.matched ? 'matches' : 'does not match') : 'is disabled'}><Explained explanation={about} /></Section>
        ))}
        {subscriptions.slice(0, MOST_SHOWN).map(({ subscriptionId, connectionId, explanation: about }) => (
          <Section key={`${connectionId} ${subscriptionId}`} title={`Subscription ${subscriptionId}`} note={`of ${connectionId} ${about.matched ? 'matches' : 'does not match'}`}><Explained explanation={about} /></Section>
        ))}
        {verdicts?.rules.length === 0 ? <p>The bus has no rule with a pattern.</p> : null}
        {verdicts && subscriptions.length === 0 ? <p>No client that is connected has a subscription.</p> : null}
        {verdicts && (subscriptions.length > MOST_SHOWN || verdicts.areMore) ? <p>There are more subscriptions than these.</p> : null}
        {!verdicts && !explanation ? <div class="empty">Each field of each pattern is explained here.</div> : null}
      </div>
    </div>
  );
}

function Explained({ explanation: { matched, fields, choices, note } }: { readonly explanation: Explanation }) {
  return (
    <div class={matched ? 'explained ok' : 'explained failed'}>
      {note === undefined ? null : <p>{note}</p>}
      <ul class="verdicts">
        {fields.map(field => (
          <li key={field.path} class={field.matched ? 'ok' : 'failed'}>
            <span class="mark" role="img" aria-label={field.matched ? 'matches' : 'does not match'}>{field.matched ? '✓' : '✗'}</span>
            <span><code>{field.path}</code> {field.values.length === 0 ? 'is absent' : <>is <code>{field.values.map(value => JSON.stringify(value)).join(', ')}</code></>}</span>
            <span class="wants"><span class="note">asks for</span>{field.tests.map(test => <span class={test.matched ? 'test ok' : 'test'} key={test.means}>{test.means}</span>)}</span>
          </li>
        ))}
        {choices.map((choice, index) => (
          <li key={index} class={choice.matched ? 'ok' : 'failed'}>
            <span class="mark" role="img" aria-label={choice.matched ? 'matches' : 'does not match'}>{choice.matched ? '✓' : '✗'}</span>
            <span>one of</span>
            <div class="branches">{choice.branches.map((branch, at) => <Explained key={at} explanation={branch} />)}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}
