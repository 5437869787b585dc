// Writes the types of cdk-lambdaless-websockets/testing.
// Usage: node local/declarations.mjs
// Output: bin/types
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeDeclarations } from '../projenrc/declarations.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}bin/types`, { recursive: true, force: true });
await writeDeclarations(`${root}local/testing/index.ts`, `${root}local`, `${root}bin/types`);
