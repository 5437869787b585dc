/** A list that is always in order, in blocks small enough that an insertion moves little. */

const LARGEST_BLOCK = 512;

export class SortedList<Element> {
  /** Never empty blocks; their elements are in order, and they are in order. */
  private readonly blocks: Element[][] = [];

  constructor(private readonly compare: (left: Element, right: Element) => number) {}

  get isEmpty(): boolean {
    return this.blocks.length === 0;
  }

  add(element: Element): void {
    if (this.blocks.length === 0) {
      this.blocks.push([element]);
      return;
    }
    const [at, index] = this.positionAfter(other => this.compare(other, element) < 0);
    const blockIndex = Math.min(at, this.blocks.length - 1);
    const block = this.blocks[blockIndex];
    block.splice(at === this.blocks.length ? block.length : index, 0, element);
    if (block.length > LARGEST_BLOCK) {
      this.blocks.splice(blockIndex + 1, 0, block.splice(LARGEST_BLOCK / 2));
    }
  }

  /** Removes the element that compares as equal. */
  delete(element: Element): void {
    const [at, index] = this.positionAfter(other => this.compare(other, element) < 0);
    const block = this.blocks[at];
    if (block && this.compare(block[index], element) === 0) {
      block.splice(index, 1);
      if (block.length === 0) {
        this.blocks.splice(at, 1);
      }
    }
  }

  /** The elements in order, but for those at the beginning that lie below. */
  *forward(isBelow: (element: Element) => boolean): Generator<Element> {
    let [at, index] = this.positionAfter(isBelow);
    for (; at < this.blocks.length; at++, index = 0) {
      for (; index < this.blocks[at].length; index++) {
        yield this.blocks[at][index];
      }
    }
  }

  /** The elements in reverse order, but for those at the end that lie above. */
  *backward(isAbove: (element: Element) => boolean): Generator<Element> {
    let [at, index] = this.positionAfter(element => !isAbove(element));
    for (; at >= 0; at--) {
      for (index -= 1; index >= 0; index--) {
        yield this.blocks[at][index];
      }
      index = this.blocks[at - 1]?.length ?? 0;
    }
  }

  /** The first place that does not lie below; all elements before it do. */
  private positionAfter(isBelow: (element: Element) => boolean): [block: number, index: number] {
    const at = lowest(this.blocks.length, block => !isBelow(this.blocks[block][this.blocks[block].length - 1]));
    if (at === this.blocks.length) {
      return [at, 0];
    }
    const block = this.blocks[at];
    return [at, lowest(block.length, index => !isBelow(block[index]))];
  }
}

/** The lowest number below the limit from which on something holds; the limit where it never does. */
function lowest(limit: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
