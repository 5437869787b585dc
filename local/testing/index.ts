/** What a user's own tests import: the runtime in their process. */
export { startLocal } from './start-local';
export type { LocalOptions, LocalSource } from './start-local';
export type { ConnectOptions, LocalApp, LocalAws } from './local-app';
export type { Closing, LocalClient, NextOptions } from './local-client';
export type { CallFault, FaultState, HttpFault, LocalFaults, SocketFault } from './faults';
export type { Story } from './story';
export type { TraceEntry, TraceRecord, TraceStage } from '../kernel/contracts/trace';
