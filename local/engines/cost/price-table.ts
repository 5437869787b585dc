/** AWS's prices, as prices/prices.json has them. */
export interface PriceTable {
  /** The day on which the table was put together; what each price was, and when, its rows say. */
  readonly date: string;
  readonly currency: string;
  readonly meters: Readonly<Record<string, { readonly what: string; readonly source?: string }>>;
  /** By region, what each meter costs there. A price that is not known is not there. */
  readonly regions: Readonly<Record<string, Readonly<Record<string, { readonly perMillion: number; readonly asOf?: string }>>>>;
  /** The functions that a design with Lambda would have. */
  readonly comparison: { readonly functionMegabytes: { readonly value: number }; readonly functionMilliseconds: { readonly value: number } };
}

/** A region of which the table has no prices. */
export class UnknownRegionError extends Error {
  readonly name = 'UnknownRegionError';
}

/** The region whose prices count: the first of the table, unless one is asked for. */
export function regionOf({ date, regions }: PriceTable, wanted?: string): string {
  const names = Object.keys(regions);
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new UnknownRegionError(`The price table of ${date} has no prices of ${wanted}, only of ${names.join(', ')}.`);
  }
  return wanted ?? names[0];
}
