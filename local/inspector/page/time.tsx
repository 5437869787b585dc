import { useState } from 'preact/hooks';
import { Model } from './model';
import { Problem } from './parts';
import { getState, post } from './server';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const STEPS = [
  ['1 minute', MINUTE, 'schedules that run each minute'],
  ['10 minutes', 10 * MINUTE + SECOND, 'a connection without traffic ends'],
  ['1 hour', 60 * MINUTE, ''],
  ['2 hours', 120 * MINUTE + SECOND, 'a connection ends, whatever its traffic'],
  ['1 day', 24 * 60 * MINUTE, 'rows expire; streams forget'],
] as const;

/** Time to move forward: nobody has to wait for what happens later. */
export function Time({ model }: { readonly model: Model }) {
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
    <div class="column time-view">
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

function describe(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  return minutes < 60 ? `${minutes} min ${Math.round(milliseconds % MINUTE / SECOND)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
