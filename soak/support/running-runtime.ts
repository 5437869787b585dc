import { ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { ProvisionedStack } from '../../local/kernel/contracts';
import { RunningApi } from '../../local/main';

const ROOT = join(__dirname, '../..');

/** What became of a rule of the faults. */
export interface RuleCount {
  readonly name: string;
  readonly seen: number;
  readonly injected: number;
}

/** A runtime in a process of its own. */
export class RunningRuntime {
  static async start(options: { readonly assembly?: string; readonly template?: string; readonly faults?: string }): Promise<RunningRuntime> {
    const child = fork(join(__dirname, 'runtime-process.ts'), [JSON.stringify(options)], {
      cwd: ROOT, execArgv: ['--import', 'tsx', '--expose-gc', '--no-warnings'], env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' },
    });
    const runtime = new RunningRuntime(child);
    const { endpoint, apis, stacks } = await runtime.heard<{ endpoint: string; apis: RunningApi[]; stacks: ProvisionedStack[] }>('ready');
    return Object.assign(runtime, { endpoint, apis, stacks });
  }

  readonly endpoint: string = '';
  readonly apis: readonly RunningApi[] = [];
  readonly stacks: readonly ProvisionedStack[] = [];

  private constructor(private readonly child: ChildProcess) {}

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  get outputs(): Record<string, string> {
    return this.stacks[0].outputs;
  }

  faults(): Promise<RuleCount[]> {
    return this.ask('faults');
  }

  /** What the runtime itself did wrong. */
  failures(): Promise<{ count: number; first: string[] }> {
    return this.ask('failures');
  }

  memory(): Promise<NodeJS.MemoryUsage> {
    return this.ask('memory');
  }

  async stop(): Promise<void> {
    if (!this.hasEnded) {
      const ended = new Promise(resolve => this.child.once('exit', resolve));
      this.child.kill('SIGKILL');
      await ended;
    }
  }

  private async ask<Answer>(question: string): Promise<Answer> {
    const answer = this.heard<Answer>(question);
    this.child.send(question);
    return answer;
  }

  private heard<Answer>(question: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const end = (code: number | null, signal: string | null) => reject(new Error(`The runtime has ended with ${signal ?? code}.`));
      const hear = (message: { question: string; answer: Answer }) => {
        if (message.question === question) {
          this.child.off('message', hear).off('exit', end);
          resolve(message.answer);
        }
      };
      this.child.on('message', hear).once('exit', end);
    });
  }
}
