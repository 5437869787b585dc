/** Templates know the names of their variables when they are compiled, and reach them by number. */

/** The number of a variable. */
export type Slot = number;

/** Gives variables their numbers. */
export class Symbols {
  private readonly slots = new Map<string, Slot>();

  /** Names found while rendering are numbered after those of the template, and forgotten with the rendering. */
  constructor(private readonly outer?: Symbols) {}

  get size(): number {
    return this.slots.size + (this.outer?.size ?? 0);
  }

  slotOf(name: string): Slot {
    const known = this.find(name);
    if (known !== undefined) return known;
    const slot = this.size;
    this.slots.set(name, slot);
    return slot;
  }

  /** The number of a name, if anything in the template mentions it. */
  find(name: string): Slot | undefined {
    return this.slots.get(name) ?? this.outer?.find(name);
  }

  names(): Iterable<[name: string, slot: Slot]> {
    return this.slots;
  }
}
