import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const REPORT_USAGE = fileURLToPath(new URL('report-usage.cjs', import.meta.url));
const STARTUP_MILLISECONDS = 60_000;

/** A server in a process of its own. */
export class Server {
  /** Starts a script, and waits until a line of its output tells the URL. */
  static async start(script, args, urlOf, { cwd, env } = {}) {
    const child = fork(script, args, { cwd, env: { ...process.env, ...env }, execArgv: ['--require', REPORT_USAGE], silent: true });
    let output = '';
    const url = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${script} is not ready after ${STARTUP_MILLISECONDS} ms:\n${output}`)), STARTUP_MILLISECONDS);
      const read = chunk => {
        output += chunk;
        const found = urlOf(output);
        if (found !== undefined) {
          clearTimeout(timer);
          resolve(found);
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', code => reject(new Error(`${script} ended with ${code}:\n${output}`)));
    }).catch(error => {
      child.kill();
      throw error;
    });
    // What it logs from here on is read and dropped.
    [child.stdout, child.stderr].forEach(stream => stream.removeAllListeners('data').resume());
    return new Server(child, url);
  }

  constructor(child, url) {
    this.child = child;
    this.url = url;
  }

  /** What the process has used: `{ cpuMicroseconds, residentBytes }`. */
  async usage() {
    this.child.send('usage');
    return (await once(this.child, 'message'))[0];
  }

  async stop() {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }
}

/** Runs each of several measures of a freshly started server in turn, as often as told; gives the samples of each, by its name. */
export async function inTurn(rounds, contestants) {
  const samples = Object.fromEntries(Object.keys(contestants).map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { start, measure }] of Object.entries(contestants)) {
      const server = await start();
      try {
        samples[name].push(await measure(server));
      } finally {
        await server.stop();
      }
    }
  }
  return samples;
}
