import { ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { NODE_RUNTIME_FILE } from '../node-runtime-file';

/** A longer answer than any that Lambda takes, however its characters are escaped. */
const MAXIMUM_ANSWER_BYTES = 32 * 1024 * 1024;

/** A longer line of a log is several events. */
const MAXIMUM_LINE_LENGTH = 256 * 1024;

/** What the process prints when it has printed all that belongs to an invocation. */
const END_OF_OUTPUT = /\0([0-9a-f-]{36}|init)$/;

/** What the process is told on its command line. */
export interface ProcessSettings {
  readonly root: string;
  readonly handler: string;
  /** Where the SDK is taken from. */
  readonly project: string;
  readonly endpoint: string;
  readonly urlSuffix: string;
  readonly callbacks: boolean;
}

/** What a process says. */
export interface ProcessEvents {
  /** What it answered, as parsed JSON: from somebody else's code, so that it may be anything. */
  answered(message: Record<string, unknown>): void;
  /** It printed a line, which ends with a line break unless it was too long. */
  printed(line: string): void;
  /** It has printed all of what belongs to the invocation. */
  printedAll(requestId: string): void;
  /** It has ended, and all that it said has been told. `reason` is in Lambda's words. */
  ended(reason: string): void;
}

/**
 * A process of a function's own: it may spin, exit, kill itself or use up its memory, and nobody else notices. A worker thread would take the runtime
 * down with it in half of these cases.
 */
export class FunctionProcess {
  private readonly child: ChildProcess;
  private failure: string | undefined;

  constructor(settings: ProcessSettings, env: Record<string, string>, heapMegabytes: number, private readonly events: ProcessEvents) {
    this.child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, NODE_RUNTIME_FILE, JSON.stringify(settings)], {
      cwd: settings.root,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // A group of its own: a Ctrl-C is for the runtime, and what a function has started ends with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.child.on('error', error => this.failure = error.message);
    this.child.on('close', (code, signal) => this.events.ended(this.failure ?? exitReason(code, signal)));
    this.child.stdout?.on('data', this.lineReader());
    this.child.stderr?.on('data', this.lineReader());
    this.channel?.on('data', this.answerReader());
    // It may be gone before it has read all.
    this.channel?.on('error', () => {});
  }

  send(message: object): void {
    this.channel?.write(`${JSON.stringify(message)}\n`);
  }

  kill(): void {
    const { pid } = this.child;
    try {
      if (pid !== undefined) {
        process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
      }
    } catch {
      // It has ended by itself.
    }
  }

  private get channel(): Duplex | undefined {
    return this.child.stdio?.[3] as Duplex | null ?? undefined;
  }

  private answerReader(): (chunk: Buffer) => void {
    let chunks: Buffer[] = [];
    let size = 0;
    return chunk => {
      let rest = chunk;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const message = parse(Buffer.concat([...chunks, rest.subarray(0, end)]).toString());
        chunks = [];
        size = 0;
        rest = rest.subarray(end + 1);
        if (!message) {
          return this.kill();
        }
        this.events.answered(message);
      }
      chunks.push(rest);
      size += rest.length;
      if (size > MAXIMUM_ANSWER_BYTES) {
        chunks = [];
        this.kill();
      }
    };
  }

  private readLine(line: string): void {
    const end = END_OF_OUTPUT.exec(line);
    const text = end ? line.slice(0, end.index) : `${line}\n`;
    if (text !== '') {
      this.events.printed(text.replaceAll('\r', '\n'));
    }
    if (end) {
      this.events.printedAll(end[1]);
    }
  }

  private lineReader(): (chunk: Buffer) => void {
    const decoder = new StringDecoder();
    let rest = '';
    return chunk => {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop()!;
      lines.forEach(line => this.readLine(line));
      if (rest.length > MAXIMUM_LINE_LENGTH) {
        this.events.printed(rest);
        rest = '';
      }
    };
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? message as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) {
    return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  }
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted', SIGKILL: 'killed', SIGSEGV: 'segmentation fault', SIGTERM: 'terminated', SIGTRAP: 'trace/breakpoint trap', SIGILL: 'illegal instruction',
};
