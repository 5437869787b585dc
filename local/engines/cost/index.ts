/** Costs: from what was used to what AWS asks for it. */
export { billOf, throughLambda } from './bill';
export type { Bill, BillLine, PriceTable, Traffic, Usage } from './bill';
export { entryBytes, expressGigabyteSeconds, pieces } from './units';
