/** What the bundle has: the command, and the harness for tests. */
export { runCommand } from './cli';
export { startLocal } from './testing';
