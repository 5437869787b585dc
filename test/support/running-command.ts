import { ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A command under test, whose lines a test awaits one after the other. */
export class RunningCommand {
  private readonly child: ChildProcess;
  private readonly out: Lines;
  private readonly err: Lines;

  constructor(command: string, args: readonly string[], options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }) {
    this.child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.out = new Lines(this.child.stdout!);
    this.err = new Lines(this.child.stderr!);
  }

  /** The next line on standard output. */
  line(): Promise<string> {
    return this.out.next();
  }

  /** The next line on standard error that matches. */
  async complaint(pattern: RegExp): Promise<string> {
    for (;;) {
      const line = await this.err.next();
      if (pattern.test(line)) {
        return line;
      }
    }
  }

  /** Ends the command, and gives its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) {
      return this.child.exitCode;
    }
    const ended = new Promise<number | null>(resolve => this.child.once('close', resolve));
    this.child.kill(signal);
    return ended;
  }
}

class Lines {
  private readonly lines: string[] = [];
  private readonly waiting: Array<{ resolve: (line: string) => void; reject: (error: Error) => void }> = [];
  private ended = false;

  constructor(stream: NodeJS.ReadableStream) {
    createInterface({ input: stream })
      .on('line', line => {
        const waiter = this.waiting.shift();
        if (waiter) {
          waiter.resolve(line);
        } else {
          this.lines.push(line);
        }
      })
      .on('close', () => {
        this.ended = true;
        this.waiting.forEach(({ reject }) => reject(new Error('The command has ended.')));
      });
  }

  next(): Promise<string> {
    const line = this.lines.shift();
    if (line !== undefined) {
      return Promise.resolve(line);
    }
    return this.ended ? Promise.reject(new Error('The command has ended.')) : new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }
}
