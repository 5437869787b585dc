/** Costs: from what was used to what AWS asks for it. */
export { billOf, throughLambda } from './bill';
export type { Bill, BillLine, Traffic, UnpricedLine, Usage } from './bill';
export { costReport } from './cost-report';
export type { CostReport, MeterReading } from './cost-report';
export { regionOf, UnknownRegionError } from './price-table';
export type { PriceTable } from './price-table';
export { entryBytes, expressGigabyteSeconds, pieces } from './units';
