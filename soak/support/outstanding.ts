import { Subscriber } from './subscriber';

/** Who has to get which event, and has not yet. */
export class Outstanding {
  size = 0;
  copies = 0;
  arrivals = 0;
  excused = 0;
  private readonly bySerial = new Map<number, Set<Subscriber>>();

  expect(serial: number, clients: readonly Subscriber[]): void {
    if (clients.length > 0) {
      this.bySerial.set(serial, new Set(clients));
      this.size += clients.length;
      this.copies += clients.length;
    }
  }

  arrived(client: Subscriber, serial: number): void {
    if (this.remove(serial, client)) {
      this.arrivals++;
    }
  }

  /** A client is not connected, or not subscribed to all that it was. */
  excuse(client: Subscriber): void {
    for (const serial of this.bySerial.keys()) {
      if (this.remove(serial, client)) {
        this.excused++;
      }
    }
  }

  /** Events that are in a queue. */
  found(serials: Iterable<number>): void {
    for (const serial of serials) {
      this.forget(serial, false);
    }
  }

  /** An event that was not accepted, or has been found: nobody has to get it any more. */
  forget(serial: number, isRefused = true): void {
    const clients = this.bySerial.get(serial);
    if (clients) {
      this.bySerial.delete(serial);
      this.size -= clients.size;
      this.copies -= isRefused ? clients.size : 0;
    }
  }

  describe(most: number): string[] {
    return [...this.bySerial].slice(0, most).map(([serial, clients]) => `event ${serial}, of ${clients.size} clients`);
  }

  private remove(serial: number, client: Subscriber): boolean {
    const clients = this.bySerial.get(serial);
    if (!clients?.delete(client)) {
      return false;
    }
    this.size--;
    if (clients.size === 0) {
      this.bySerial.delete(serial);
    }
    return true;
  }
}
