import { useEffect, useState } from 'preact/hooks';
import { Problem } from './parts';
import { getBill } from './server';
import { CostReport, SECONDS_PER_MONTH } from '../../engines/cost/cost-report';

const LOOK_MILLISECONDS = 2000;

/** What AWS would bill for what has just run, for each message, and for a month at a rate; beside it the same through Lambda. */
export function Cost() {
  const [report, setReport] = useState<CostReport>();
  const [problem, setProblem] = useState<string>();
  const [wanted, setWanted] = useState<string>();
  const [rate, setRate] = useState('10');
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      try {
        const told = await getBill(wanted);
        if (!isOver) {
          setReport(told);
          setProblem(undefined);
        }
      } catch (error) {
        setProblem((error as Error).message);
      }
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_MILLISECONDS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [wanted]);
  if (!report) {
    return <div class="column"><h2>Cost</h2><Problem message={problem} /></div>;
  }
  const { bill, lambda, comparisonLacks, perMessage, prices: { date, currency, region, regions }, since } = report;
  const money = (cost: number) => amountOf(cost, currency);
  const beside = (messages: number) => perMessage?.lambda === undefined ? '' : `, through Lambda ${money(perMessage.lambda * messages)}`;
  const monthly = Number(rate) * SECONDS_PER_MONTH;
  const without = bill.unpriced.length === 0 ? '' : ', without what has no known price';
  return (
    <div class="column cost">
      <h2>Cost <span class="note">since {new Date(since).toLocaleTimeString()}, at {region}'s prices of {date}</span></h2>
      <table>
        <thead><tr><th scope="col">what</th><th scope="col">amount</th><th scope="col">cost</th></tr></thead>
        <tbody>
          {bill.lines.map(({ meter, what, amount, cost }) => <tr key={meter}><td>{what}</td><td class="number">{figure(amount)}</td><td class="number">{money(cost)}</td></tr>)}
          {bill.unpriced.map(({ meter, what, amount }) => <tr key={meter}><td>{what}</td><td class="number">{figure(amount)}</td><td class="number">price not known</td></tr>)}
          <tr><th scope="row">together{without}</th><td /><td class="number">{money(bill.cost)}</td></tr>
          {lambda && <tr><th scope="row">the same through Lambda functions{without}</th><td /><td class="number">{money(lambda.cost)}</td></tr>}
        </tbody>
      </table>
      {lambda ? null : <p>Not compared with Lambda functions: {region}'s prices of {comparisonLacks.join(', ')} are not known.</p>}
      {perMessage && <p>A million messages like these{without}: {money(perMessage.cost * 1e6)}{beside(1e6)}.</p>}
      <form class="actions" onSubmit={event => event.preventDefault()}>
        <label>
          Region
          <select value={wanted ?? region} onChange={event => setWanted(event.currentTarget.value)}>
            {regions.map(name => <option key={name}>{name}</option>)}
          </select>
        </label>
        <label>Messages a second<input type="number" min="0" step="any" value={rate} onInput={event => setRate(event.currentTarget.value)} /></label>
        {perMessage && <p>A month of them{without}: <strong>{money(perMessage.cost * monthly)}</strong>{beside(monthly)}.</p>}
      </form>
      <Problem message={problem} />
      <p class="note">Without free tiers, discounts, data transfer and storage; workflows took as long as on this machine.</p>
    </div>
  );
}

function figure(amount: number): string {
  return Number(amount.toPrecision(6)).toLocaleString();
}

function amountOf(cost: number, currency: string): string {
  return `${currency === 'USD' ? '$' : `${currency} `}${cost >= 1 ? cost.toFixed(2) : Number(cost.toPrecision(3)).toFixed(12).replace(/0+$/, '').replace(/\.$/, '')}`;
}
