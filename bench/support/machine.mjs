import { cpus, totalmem, type, release } from 'node:os';

/** Where the figures were taken: they mean little elsewhere. */
export function machine() {
  const cores = cpus();
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node ${process.version}`;
}
