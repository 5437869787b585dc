export * from './event-socket';
