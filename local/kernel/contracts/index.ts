/** What the parts of the runtime agree on. The kernel knows these contracts, services know semantics, the wire knows bytes, engines know languages. */
export * from './call';
export * from './environment';
export * from './faults';
export * from './http';
export * from './surroundings';
export * from './resource';
export * from './role';
export * from './service';
export * from './trace';
export * from './web-socket';
