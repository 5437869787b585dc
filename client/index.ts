/** The browser client of an EventSocket. */
export * from './client-problem';
export * from './event-client';
export * from './event-client-options';
export type { BusEvent, EventPattern } from './protocol';
export * from './subscription';
