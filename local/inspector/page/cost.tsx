import { useEffect, useState } from 'preact/hooks';
import { Problem } from './parts';
import { getBill } from './server';

interface Bill {
  readonly lines: ReadonlyArray<{ readonly meter: string; readonly what: string; readonly amount: number; readonly cost: number }>;
  readonly cost: number;
}

interface CurrentBill {
  readonly since: number;
  readonly prices: { readonly date: string; readonly region: string };
  readonly messages: number;
  readonly bill: Bill;
  readonly lambda: Bill;
}

const SECONDS_PER_MONTH = 730 * 3600;
const LOOK_MILLISECONDS = 2000;

/** What AWS would bill for what has just run, for each message, and for a month at a rate; beside it the same through Lambda. */
export function Cost() {
  const [current, setCurrent] = useState<CurrentBill>();
  const [problem, setProblem] = useState<string>();
  const [rate, setRate] = useState('10');
  useEffect(() => {
    const look = () => void getBill().then(setCurrent, error => setProblem((error as Error).message));
    look();
    const timer = setInterval(look, LOOK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  if (!current) {
    return <div class="column"><h2>Cost</h2><Problem message={problem} /></div>;
  }
  const { bill, lambda, messages, prices, since } = current;
  const monthly = messages > 0 ? Number(rate) * SECONDS_PER_MONTH / messages : undefined;
  return (
    <div class="column cost">
      <h2>Cost <span class="note">since {new Date(since).toLocaleTimeString()}, at {prices.region}'s prices of {prices.date}</span></h2>
      <table>
        <thead><tr><th scope="col">what</th><th scope="col">amount</th><th scope="col">cost</th></tr></thead>
        <tbody>
          {bill.lines.map(({ meter, what, amount, cost }) => <tr key={meter}><td>{what}</td><td class="number">{Number(amount.toPrecision(6)).toLocaleString()}</td><td class="number">{dollars(cost)}</td></tr>)}
          <tr><th scope="row">together</th><td /><td class="number">{dollars(bill.cost)}</td></tr>
          <tr><th scope="row">the same through Lambda functions</th><td /><td class="number">{dollars(lambda.cost)}</td></tr>
        </tbody>
      </table>
      {messages === 0 ? null : <p>A million messages like these: {dollars(bill.cost / messages * 1e6)}, through Lambda {dollars(lambda.cost / messages * 1e6)}.</p>}
      <form class="actions" onSubmit={event => event.preventDefault()}>
        <label>Messages a second<input type="number" min="0" step="any" value={rate} onInput={event => setRate(event.currentTarget.value)} /></label>
        {monthly === undefined ? null : <p>A month of them: <strong>{dollars(bill.cost * monthly)}</strong>, through Lambda {dollars(lambda.cost * monthly)}.</p>}
      </form>
      <p class="note">Without free tiers, discounts, data transfer and storage; workflows took as long as on this machine.</p>
    </div>
  );
}

function dollars(cost: number): string {
  return `$${cost >= 1 ? cost.toFixed(2) : Number(cost.toPrecision(3)).toFixed(12).replace(/0+$/, '').replace(/\.$/, '')}`;
}
