import { ChildProcess, spawn } from 'child_process';
import { createInterface } from 'readline';

const PATIENCE = 10_000;

/** A third party that runs beside the tests, and what it says. */
export class ThirdParty {
  /** Starts a server that says so when it listens. */
  static async start(file: string): Promise<ThirdParty> {
    const thirdParty = new ThirdParty(spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] }));
    await thirdParty.says(/takes orders/);
    return thirdParty;
  }

  private readonly lines: string[] = [];
  private listeners: Array<() => void> = [];

  private constructor(private readonly process: ChildProcess) {
    createInterface(process.stdout!).on('line', line => {
      this.lines.push(line);
      this.listeners.forEach(listener => listener());
    });
  }

  /** The first line of such a text, said already or soon. */
  async says(text: RegExp): Promise<string> {
    const find = () => this.lines.find(line => text.test(line));
    return find() ?? new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The third party should have said ${text}. It said:\n${this.lines.join('\n')}`)), PATIENCE);
      const listener = () => {
        const line = find();
        if (line !== undefined) {
          clearTimeout(timer);
          this.listeners = this.listeners.filter(each => each !== listener);
          resolve(line);
        }
      };
      this.listeners.push(listener);
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
  }
}
