import { once } from 'node:events';
import { createInterface, Interface } from 'node:readline';
import { styleText } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import { WebSocket } from 'ws';
import { History } from './history';
import { messageText } from './message-text';
import { HELP, readTyped } from './shorthand';
import { systemClock } from '../../kernel/clock';
import { DEFAULT_ENDPOINT } from '../options';
import { UsageError } from '../report';
import { RunningRuntime } from '../running-runtime';

interface ConnectOptions {
  readonly endpoint: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly wait: number;
  readonly listen?: boolean;
  readonly json?: boolean;
}

/** `lambdaless connect`: a client at the keyboard, or at the end of a pipe. */
export function addConnectCommand(program: Command): void {
  program.command('connect').description('connect to a WebSocket API: type JSON, or /help; or pipe messages in, one a line')
    .argument('[url]', 'a ws: or wss: URL (default: that of the one WebSocket API of the running runtime)')
    .option('--endpoint <url>', 'where the runtime listens', DEFAULT_ENDPOINT)
    .option('--header <name: value>', 'a header of the handshake (repeatable)', parseHeader)
    .option('--wait <seconds>', 'when the input ends, wait so long for answers to what was sent', parseSeconds, 5)
    .option('--listen', 'when the input ends, go on printing what comes until Ctrl-C')
    .option('--json', 'print one JSON object a line, for programs: open, message, mistake, unanswered and closed')
    .action(async (url: string | undefined, options: ConnectOptions) => {
      const address = url ?? await onlyUrl(options.endpoint);
      const socket = await open(address, options.header ?? {});
      process.exitCode = await new Conversation(socket, address, options).run();
    });
}

async function onlyUrl(endpoint: string): Promise<string> {
  const urls = await new RunningRuntime(endpoint).webSocketUrls();
  if (urls.length !== 1) {
    throw new UsageError(urls.length === 0 ? `The app at ${endpoint} has no WebSocket API.` : `The app has several WebSocket APIs, connect to one of them:\n${urls.map(url => `  lambdaless connect ${url}`).join('\n')}`);
  }
  return urls[0];
}

function open(url: string, headers: Readonly<Record<string, string>>): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, { headers });
    } catch (error) {
      reject(new UsageError(`${url} is no address of a WebSocket: ${(error as Error).message}`));
      return;
    }
    socket.once('open', () => {
      // What comes right behind the handshake waits for who prints it.
      socket.pause();
      resolve(socket);
    });
    socket.once('error', error => reject(new UsageError(`${url} cannot be connected to: ${error.message || 'nothing listens there'}`)));
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', part => { body += part; }).on('end', () => reject(new UsageError(`${url} refused the handshake with status ${response.statusCode}${body && `: ${body.trim()}`}`)));
    });
  });
}

/** What is said on one connection, until either side ends it. */
class Conversation {
  private readonly isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  private readonly history = new History();
  private readonly lines: Interface;
  private unanswered = 0;
  private answered?: () => void;
  private endedByUs = false;
  private isOver = false;

  constructor(private readonly socket: WebSocket, private readonly url: string, private readonly options: ConnectOptions) {
    const interactive = this.isTerminal && !options.json;
    this.lines = createInterface({
      input: process.stdin, output: interactive ? process.stdout : undefined, terminal: interactive, prompt: '> ', history: interactive ? this.history.read() : [], removeHistoryDuplicates: true,
    });
    socket.on('message', data => this.receive(String(data)));
  }

  /** Gives the exit code. */
  async run(): Promise<number> {
    const closed = once(this.socket, 'close') as Promise<[number, Buffer]>;
    this.socket.on('error', () => this.socket.terminate());
    this.tell({ type: 'open', url: this.url }, `Connected to ${this.url}. /help tells what to type, Ctrl-D ends.`, process.stderr);
    this.lines.on('line', line => this.take(line));
    this.lines.once('close', () => void this.inputEnded());
    this.lines.on('SIGINT', () => this.end());
    process.once('SIGINT', () => this.end());
    // Nobody reads any more.
    process.stdout.once('error', () => this.end());
    this.prompt();
    this.socket.resume();
    const [code, reason] = await closed;
    this.isOver = true;
    this.lines.close();
    process.stdin.pause();
    this.tell({ type: 'closed', code, reason: String(reason) }, `Closed with code ${code}${reason.length > 0 ? `: ${String(reason)}` : ''}.`, process.stderr);
    return this.endedByUs ? 0 : 1;
  }

  private take(line: string): void {
    const typed = readTyped(line);
    if (this.isTerminal && typed.kind !== 'nothing') {
      this.history.add(line);
    }
    switch (typed.kind) {
      case 'send':
        this.unanswered++;
        this.socket.send(typed.text);
        break;
      case 'help':
        process.stderr.write(HELP);
        break;
      case 'quit':
        this.end();
        return;
      case 'mistake':
        this.tell({ type: 'mistake', message: typed.why }, this.paint('red', typed.why), process.stderr);
    }
    this.prompt();
  }

  private receive(text: string): void {
    if (this.unanswered > 0 && this.isAnswer(text) && --this.unanswered === 0) {
      this.answered?.();
    }
    this.tell({ type: 'message', message: valueOf(text) }, messageText(text, (style, part) => this.paint(style, part)), process.stdout);
    this.prompt();
  }

  /** Every answer says which request it is for. */
  private isAnswer(text: string): boolean {
    const value = valueOf(text) as any;
    return typeof value?.requestId === 'string' || typeof value?.messageId === 'string';
  }

  private async inputEnded(): Promise<void> {
    // What the other side has ended is over, whatever it has left unanswered.
    if (!this.options.listen && !this.endedByUs && !this.isOver) {
      if (this.unanswered > 0 && !this.isTerminal) {
        let forgetTimer: (() => void) | undefined;
        await new Promise<void>(resolve => {
          this.answered = resolve;
          forgetTimer = systemClock.schedule(this.options.wait * 1000, () => {
            this.tell(
              { type: 'unanswered', count: this.unanswered },
              `No answer within ${this.options.wait} s to ${this.unanswered} of the messages: the app's log tells why, and --wait waits longer.`,
              process.stderr,
            );
            resolve();
          });
          this.socket.once('close', resolve);
        });
        forgetTimer?.();
      }
      this.end();
    }
  }

  private end(): void {
    this.endedByUs = true;
    this.socket.close(1000);
  }

  private prompt(): void {
    if (this.isTerminal && !this.options.json && this.socket.readyState === WebSocket.OPEN && !this.endedByUs) {
      this.lines.prompt(true);
    }
  }

  private tell(line: object, text: string, stream: NodeJS.WriteStream): void {
    if (this.options.json) {
      process.stdout.write(`${JSON.stringify(line)}\n`);
    } else {
      // What is being typed moves down a line.
      stream.write(`${this.isTerminal ? '\r\u001b[K' : ''}${text}\n`);
    }
  }

  private paint(style: Parameters<typeof styleText>[0], text: string): string {
    return this.isTerminal ? styleText(style, text) : text;
  }
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function parseHeader(text: string, previous: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined) {
    throw new InvalidArgumentError('A header is given as "Name: value".');
  }
  return { ...previous, [name]: value };
}

function parseSeconds(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new InvalidArgumentError('Seconds are a number, such as 5 or 0.5.');
  }
  return Number(text);
}
