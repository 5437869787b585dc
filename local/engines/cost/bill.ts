import { PriceTable } from './price-table';

/** What AWS would ask for what was used. */

/** How much of each meter was used, by the meter's name. */
export type Usage = Readonly<Record<string, number>>;

/** What was used, and has no price that is known. */
export interface UnpricedLine {
  readonly meter: string;
  readonly what: string;
  readonly amount: number;
}

export interface BillLine extends UnpricedLine {
  readonly perMillion: number;
  readonly cost: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  /** What the cost is without. */
  readonly unpriced: readonly UnpricedLine[];
  readonly cost: number;
}

/** What was counted beside the meters: how often a design with functions would have called one. */
export interface Traffic {
  readonly usage: Usage;
  /** Connects, disconnects, and messages of clients. */
  readonly requests: number;
  /** Executions that were started by something else than a client's message, such as a delivery. */
  readonly reactions: number;
}

/** A bill for what was used, at the prices of a region; what has no price there is named, and no part of the cost. */
export function billOf(usage: Usage, { meters, regions }: PriceTable, region: string): Bill {
  const lines: BillLine[] = [];
  const unpriced: UnpricedLine[] = [];
  for (const [meter, amount] of Object.entries(usage).filter(([, used]) => used > 0)) {
    const line = { meter, what: Object.hasOwn(meters, meter) ? meters[meter].what : meter, amount };
    if (Object.hasOwn(regions[region], meter)) {
      const { perMillion } = regions[region][meter];
      lines.push({ ...line, perMillion, cost: amount * perMillion / 1e6 });
    } else {
      unpriced.push(line);
    }
  }
  return { lines, unpriced, cost: lines.reduce((sum, { cost }) => sum + cost, 0) };
}

/** The same traffic through Lambda: a function for every message, connect, disconnect and reaction, in the place of all workflows; the rest stays. */
export function throughLambda({ usage, requests, reactions }: Traffic, { comparison }: PriceTable): Usage {
  const { executions: _executions, executionGigabyteSeconds: _duration, ...rest } = usage;
  const calls = requests + reactions;
  const gigabyteSeconds = calls * comparison.functionMegabytes.value / 1024 * comparison.functionMilliseconds.value / 1000;
  return {
    ...rest,
    functionCalls: (usage.functionCalls ?? 0) + calls,
    functionGigabyteSeconds: (usage.functionGigabyteSeconds ?? 0) + gigabyteSeconds,
  };
}
