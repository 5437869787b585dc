/** Lets many share, or one have all to itself, in the order in which they asked. */
export class ReadWriteLock {
  private sharing = 0;
  private exclusive = false;
  private readonly waiting: Array<{ readonly exclusive: boolean; readonly start: () => void }> = [];

  shared<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.enter(false, run);
  }

  alone<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.enter(true, run);
  }

  private enter<Result>(exclusive: boolean, run: () => Promise<Result>): Promise<Result> {
    if (this.waiting.length === 0 && this.isFree(exclusive)) {
      return this.hold(exclusive, run);
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ exclusive, start: () => this.hold(exclusive, run).then(resolve, reject) });
    });
  }

  private isFree(exclusive: boolean): boolean {
    return !this.exclusive && (!exclusive || this.sharing === 0);
  }

  private async hold<Result>(exclusive: boolean, run: () => Promise<Result>): Promise<Result> {
    if (exclusive) {
      this.exclusive = true;
    } else {
      this.sharing++;
    }
    try {
      return await run();
    } finally {
      if (exclusive) {
        this.exclusive = false;
      } else {
        this.sharing--;
      }
      this.startWaiting();
    }
  }

  private startWaiting(): void {
    while (this.waiting.length > 0 && this.isFree(this.waiting[0].exclusive)) {
      this.waiting.shift()!.start();
    }
  }
}
