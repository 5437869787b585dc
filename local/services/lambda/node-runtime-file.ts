import { join } from 'node:path';

/** What runs in a function's process; the bundle has a copy of its folder beside it. */
export const NODE_RUNTIME_FILE = join(__dirname, 'node-runtime', 'main.cjs');
