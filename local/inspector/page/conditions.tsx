import { useEffect, useState } from 'preact/hooks';
import { Model } from './model';
import { Problem } from './parts';
import { getFaults, getState, post } from './server';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const STEPS = [
  ['1 minute', MINUTE, 'schedules that run each minute'],
  ['10 minutes', 10 * MINUTE + SECOND, 'a connection without traffic ends'],
  ['1 hour', 60 * MINUTE, ''],
  ['2 hours', 120 * MINUTE + SECOND, 'a connection ends, whatever its traffic'],
  ['1 day', 24 * 60 * MINUTE, 'rows expire; streams forget'],
] as const;

/** Time to move forward, and faults to switch on: nobody has to wait for what happens later, or seldom. */
export function Conditions({ model }: { readonly model: Model }) {
  return <div class="two-columns"><Time model={model} /><Faults /></div>;
}

function Time({ model }: { readonly model: Model }) {
  const [seconds, setSeconds] = useState('30');
  const [isMoving, setMoving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const advance = async (milliseconds: number) => {
    setMoving(true);
    setProblem(undefined);
    try {
      await post('clock', { advance: milliseconds });
      model.change({ state: await getState() });
    } catch (error) {
      setProblem((error as Error).message);
    }
    setMoving(false);
  };
  const { now = 0, ahead = 0 } = model.state ?? {};
  return (
    <div class="column">
      <h2>Time</h2>
      <p class="clock">{new Date(now).toLocaleString()} <span class="note">{ahead === 0 ? 'as it is' : `${describe(ahead)} ahead`}</span></p>
      <p>Moved forward, whatever is due on the way happens in its order: connections idle out, rows expire, schedules fire, workflows wake and retry.</p>
      <div class="actions">
        {STEPS.map(([label, milliseconds, what]) => <button type="button" key={label} disabled={isMoving} title={what} onClick={() => void advance(milliseconds)}>+ {label}</button>)}
      </div>
      <form class="actions" onSubmit={event => { event.preventDefault(); void advance(Number(seconds) * SECOND); }}>
        <label>Seconds<input type="number" min="1" value={seconds} onInput={event => setSeconds(event.currentTarget.value)} /></label><button type="submit" disabled={isMoving}>{isMoving ? 'Moving…' : 'Move'}</button>
      </form>
      <Problem message={problem} />
    </div>
  );
}

interface FaultState {
  readonly name: string;
  readonly fault: string;
  readonly rule: unknown;
  readonly enabled: boolean;
  readonly seen: number;
  readonly injected: number;
}

const SAMPLE = 'rules:\n  - name: throttled\n    service: dynamodb\n    share: 0.2\n    error: throttled\n  - name: slow\n    service: states\n    delay: [200, 800]\n';

function Faults() {
  const [states, setStates] = useState<readonly FaultState[]>([]);
  const [text, setText] = useState(SAMPLE);
  const [problem, setProblem] = useState<string>();
  const attempt = async (work: () => Promise<readonly FaultState[]>) => {
    setProblem(undefined);
    try {
      setStates(await work());
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  useEffect(() => {
    // What it finds says nothing of what was attempted last.
    const look = () => void getFaults().then(setStates, () => {});
    look();
    const timer = setInterval(look, 2000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="column">
      <h2>Faults</h2>
      <p>Networks lose connections, services throttle, events come twice: let it happen here, by rules.</p>
      {states.length === 0 ? null : (
        <table>
          <thead><tr><th scope="col">on</th><th scope="col">rule</th><th scope="col">fault</th><th scope="col">met</th></tr></thead>
          <tbody>
            {states.map(({ name, fault, enabled, seen, injected }) => (
              <tr key={name}>
                <td><input type="checkbox" aria-label={`${name} is on`} checked={enabled} onChange={event => void attempt(() => post('fault', { name, enabled: event.currentTarget.checked }))} /></td>
                <td>{name}</td><td>{fault}</td><td class="number">{injected} of {seen}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <label>
        Rules, as a file of faults has them
        <textarea rows={10} spellcheck={false} value={text} onInput={event => setText(event.currentTarget.value)} />
      </label>
      <div class="actions">
        <button type="button" class="primary" onClick={() => void attempt(() => post('faults', { text }))}>Let them happen</button>
        <button type="button" onClick={() => void attempt(() => post('faults', { text: 'rules: []' }))}>None</button>
      </div>
      <Problem message={problem} />
    </div>
  );
}

function describe(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  return minutes < 60 ? `${minutes} min ${Math.round(milliseconds % MINUTE / SECOND)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
