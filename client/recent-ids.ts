/** The ids that came last, as many as it may hold. */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly limit: number) {}

  /** Remembers an id, and tells whether it is new. */
  add(id: string): boolean {
    if (this.ids.has(id)) {
      return false;
    }
    this.ids.add(id);
    if (this.ids.size > this.limit) {
      const [oldest] = this.ids;
      this.ids.delete(oldest);
    }
    return true;
  }
}
