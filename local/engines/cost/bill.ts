/** What AWS would ask for what was used. */

/** How much of each meter was used, by the meter's name. */
export type Usage = Readonly<Record<string, number>>;

export interface PriceTable {
  /** The day on which the table was put together; what each price was, and when, the meters say. */
  readonly date: string;
  readonly currency: string;
  readonly regions: readonly string[];
  readonly meters: Readonly<Record<string, { readonly what: string; readonly perMillion: number; readonly source: string; readonly asOf?: string }>>;
  /** The functions that a design with Lambda would have. */
  readonly comparison: { readonly functionMegabytes: { readonly value: number }; readonly functionMilliseconds: { readonly value: number } };
}

export interface BillLine {
  readonly meter: string;
  readonly what: string;
  readonly amount: number;
  readonly perMillion: number;
  readonly cost: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
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

/** A bill for what was used; a meter without a price is an error of the table. */
export function billOf(usage: Usage, prices: PriceTable): Bill {
  const lines = Object.entries(usage).filter(([, amount]) => amount > 0).map(([meter, amount]) => {
    if (!Object.hasOwn(prices.meters, meter)) {
      throw new Error(`The price table has no price for ${meter}.`);
    }
    const { what, perMillion } = prices.meters[meter];
    return { meter, what, amount, perMillion, cost: amount * perMillion / 1e6 };
  });
  return { lines, cost: lines.reduce((sum, { cost }) => sum + cost, 0) };
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
