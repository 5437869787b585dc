import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** As many as the issue of the day speaks of. */
const MOST = 10_000;
/** What a process needs beside the connections. */
const OTHER_DESCRIPTORS = 200;

/** Connects, says something, and waits; tells when all are connected, and ends with its input. */
const SCRIPT = `
  const [port, count, beginnings] = process.argv.slice(1).map(argument => JSON.parse(argument));
  const { connect } = require('node:net');
  let connected = 0, started = 0;
  const next = () => {
    if (started === count) return;
    const beginning = beginnings[started++ % beginnings.length];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(beginning);
      if (++connected === count) process.stdout.write('all');
      next();
    });
    socket.on('error', error => { throw error; });
  };
  for (let atOnce = 0; atOnce < 200; atOnce++) next();
  process.stdin.on('end', () => process.exit()).resume();
`;

/** Clients that begin something and do not end it, in a process of their own: both ends of so many connections are more than one process may have. */
export class Crowd {
  /** Connects as many as the limit of descriptors allows; they begin their requests in turn. */
  static async gather(port: number, beginnings: readonly string[]): Promise<Crowd> {
    const size = Math.min(MOST, descriptors() - OTHER_DESCRIPTORS);
    const child = spawn(process.execPath, ['-e', SCRIPT, String(port), String(size), JSON.stringify(beginnings)], { stdio: ['pipe', 'pipe', 'inherit'] });
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => Promise.reject(new Error('The crowd could not connect.')))]);
    return new Crowd(child, size);
  }

  private constructor(private readonly child: ChildProcess, readonly size: number) {}

  async leave(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.stdin!.end();
    await exit;
  }
}

/** How many descriptors a process may have. */
function descriptors(): number {
  const { userLimits } = process.report.getReport() as unknown as { userLimits: { open_files: { soft: number | 'unlimited' } } };
  return userLimits.open_files.soft === 'unlimited' ? Infinity : userLimits.open_files.soft;
}
