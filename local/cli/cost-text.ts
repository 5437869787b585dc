import { CostReport } from '../engines/cost';

/** What a person reads of a report. */
export function costText({ bill, lambda, comparisonLacks, prices, perMessage, perMonth, since, until }: CostReport): string {
  if (bill.lines.length + bill.unpriced.length === 0) {
    return `Nothing that AWS bills has happened since ${since}.\n`;
  }
  const { currency, date, region } = prices;
  const money = (cost: number) => amountOf(cost, currency);
  const rows = [
    ...bill.lines.map(({ what, amount, cost }) => [figure(amount), what, money(cost)]),
    ...bill.unpriced.map(({ what, amount }) => [figure(amount), what, `price not known in ${region}`]),
  ];
  const without = bill.unpriced.length === 0 ? '' : ', without what has no known price';
  const totals = [[`together${without}`, money(bill.cost)], ...lambda ? [[`the same through Lambda functions${without}`, money(lambda.cost)]] : []];
  const amountWidth = Math.max(...rows.map(([amount]) => amount.length));
  const whatWidth = Math.max(...rows.map(([, what]) => what.length), ...totals.map(([what]) => what.length - amountWidth - 2));
  const costWidth = Math.max(14, ...rows.map(([, , cost]) => cost.length));
  const beside = (cost: number | undefined) => cost === undefined ? '' : `, through Lambda ${money(cost)}`;
  return [
    `What AWS would bill for ${since} to ${until}, at ${region}'s prices of ${date}:`,
    '',
    ...rows.map(([amount, what, cost]) => `  ${amount.padStart(amountWidth)}  ${what.padEnd(whatWidth)}  ${cost.padStart(costWidth)}`),
    '',
    ...totals.map(([what, cost]) => `  ${what.padEnd(amountWidth + 2 + whatWidth)}  ${cost.padStart(costWidth)}`),
    '',
    ...perMessage ? [`A million messages like these${without}: ${money(perMessage.cost * 1e6)}${beside(perMessage.lambda && perMessage.lambda * 1e6)}.`] : [],
    ...perMonth ? [`A month of ${perMonth.messagesPerSecond} such messages a second${without}: ${money(perMonth.cost)}${beside(perMonth.lambda)}.`] : [],
    ...lambda ? [] : [`Not compared with Lambda functions: ${region}'s prices of ${comparisonLacks.join(', ')} are not known.`],
    'Without free tiers, discounts, data transfer and storage; workflows took as long as on this machine. docs/costs.md says what is counted.',
    '',
  ].join('\n');
}

function figure(amount: number): string {
  return amount >= 100 || Number.isInteger(amount) ? Math.round(amount).toLocaleString('en-US') : String(Number(amount.toPrecision(3)));
}

function amountOf(cost: number, currency: string): string {
  return `${currency === 'USD' ? '$' : `${currency} `}${cost >= 1 ? cost.toFixed(2) : cost.toFixed(9).replace(/0+$/, '').replace(/\.$/, '')}`;
}
