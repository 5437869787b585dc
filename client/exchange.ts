import { ClientProblem } from './client-problem';

interface Request {
  readonly text: string;
  readonly resolve: (answer: Record<string, any>) => void;
  readonly reject: (problem: ClientProblem) => void;
}

/** Requests and answers on one connection, one after the other: an error does not say which request it answers. */
export class Exchange {
  private ended?: ClientProblem;
  private readonly waiting: Request[] = [];
  private current?: Request;
  private timer?: ReturnType<typeof setTimeout>;
  private readonly sleepers = new Map<ReturnType<typeof setTimeout>, () => void>();

  /** @param silent called when no answer has come in time, which leaves the connection of no use: a later answer could be any request's */
  constructor(private readonly send: (text: string) => void, private readonly answerMilliseconds: number, private readonly silent: () => void) {}

  get isOpen(): boolean {
    return !this.ended;
  }

  /** Sends a request and gives its answer, as it is read before anything that comes behind it; rejects with a `ClientProblem` when the connection ends before. */
  ask<Answer = Record<string, any>>(message: object, read: (answer: Record<string, any>) => Answer = answer => answer as Answer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.ended) {
        reject(this.ended);
        return;
      }
      // What is no JSON is in nobody's way: it throws before it takes its turn.
      const text = JSON.stringify(message);
      this.waiting.push({ text, resolve: answer => resolve(read(answer)), reject });
      this.next();
    });
  }

  /** Takes an answer; false when nobody has asked. */
  answer(answer: Record<string, any>): boolean {
    const { current } = this;
    if (!current) {
      return false;
    }
    this.finish();
    current.resolve(answer);
    this.next();
    return true;
  }

  /** Waits, though no longer than the connection lasts. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        this.sleepers.delete(timer);
        resolve();
      }, milliseconds);
      this.sleepers.set(timer, resolve);
    });
  }

  /** Rejects what has not been answered. */
  end(problem: ClientProblem): void {
    this.ended = problem;
    const requests = [...this.current ? [this.current] : [], ...this.waiting.splice(0)];
    this.finish();
    requests.forEach(({ reject }) => reject(problem));
    this.sleepers.forEach((wake, timer) => {
      clearTimeout(timer);
      wake();
    });
  }

  private next(): void {
    if (this.current) {
      return;
    }
    this.current = this.waiting.shift();
    if (this.current) {
      this.timer = setTimeout(this.silent, this.answerMilliseconds);
      this.send(this.current.text);
    }
  }

  private finish(): void {
    clearTimeout(this.timer);
    this.current = undefined;
  }
}
