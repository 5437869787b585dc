/** Cancellation of the running parts of an execution: stopping a part stops everything inside it. */

type Listener = (reason: Error) => void;

/** One cancellable part. It costs nothing until something that waits asks to be told. */
export class Cancellation {
  private reason?: Error;
  private controller?: AbortController;
  private readonly listeners = new Set<Listener>();
  private detach?: () => void;

  constructor(private readonly outer?: Cancellation) {}

  /** Why this part no longer runs, if so. */
  get cancelledBecause(): Error | undefined {
    return this.reason ?? this.outer?.cancelledBecause;
  }

  /** A signal for code that knows nothing of cancellations. */
  get signal(): AbortSignal {
    if (!this.controller) {
      const controller = new AbortController();
      this.controller = controller;
      this.onCancel(reason => controller.abort(reason));
    }
    return this.controller.signal;
  }

  /** Stops this part and everything inside it. */
  cancel(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    const listeners = [...this.listeners];
    this.listeners.clear();
    this.release();
    for (const listener of listeners) listener(reason);
  }

  /** Ends this part without stopping anything: what surrounds it forgets it. */
  end(): void {
    this.listeners.clear();
    this.release();
  }

  /** Calls back when this part is stopped (at once if it was); the result takes the listener away again. */
  onCancel(listener: Listener): () => void {
    const reason = this.cancelledBecause;
    if (reason) {
      listener(reason);
      return () => {};
    }
    this.listeners.add(listener);
    this.detach ??= this.outer?.onCancel(outerReason => this.cancel(outerReason));
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.release();
    };
  }

  throwIfCancelled(): void {
    const reason = this.cancelledBecause;
    if (reason) throw reason;
  }

  /** The outcome of the work, or the reason of a cancellation that comes first. */
  async interruptible<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const forget = this.onCancel(reject);
      work.then(value => {
        forget();
        resolve(value);
      }, (error: unknown) => {
        forget();
        reject(error);
      });
    });
  }

  private release(): void {
    this.detach?.();
    this.detach = undefined;
  }
}
