/**
 * Text compared without regard to case, one UTF-16 unit at a time: a unit stands for its lower-case and for its
 * upper-case form, which may be longer than the unit itself (`ß` also stands for `SS`, but not for `ss`). Characters
 * beyond 16 bits are cut into halves that way, which EventBridge writes as question marks: an emoji does not find itself.
 */

/** A text that can be found in others in any case. */
export class IgnoreCaseText {
  private readonly lower: string[];
  private readonly upper: string[];
  private readonly fixedLength: boolean;

  constructor(readonly text: string) {
    const units = text.replace(/[\ud800-\udfff]/g, '?').split('');
    this.lower = units.map(unit => unit.toLowerCase());
    this.upper = units.map(unit => unit.toUpperCase());
    this.fixedLength = [...this.lower, ...this.upper].every(form => form.length === 1);
  }

  /** Whether the other text is this one in some case. */
  equals(other: string): boolean {
    return this.fixedLength
      ? other.length === this.lower.length && this.isAt(other, 0)
      : this.endsAfter(other, 0).has(other.length);
  }

  /** Whether the other text starts with this one in some case. */
  isPrefixOf(other: string): boolean {
    return this.fixedLength ? this.isAt(other, 0) : this.endsAfter(other, 0).size > 0;
  }

  /** Whether the other text ends with this one in some case. */
  isSuffixOf(other: string): boolean {
    if (this.fixedLength) {
      return this.isAt(other, other.length - this.lower.length);
    }
    return this.startsBefore(other, other.length).size > 0;
  }

  private isAt(other: string, start: number): boolean {
    if (start < 0 || other.length - start < this.lower.length) {
      return false;
    }
    for (let index = 0; index < this.lower.length; index++) {
      const unit = other[start + index];
      if (unit !== this.lower[index] && unit !== this.upper[index]) {
        return false;
      }
    }
    return true;
  }

  /** All places in the other text where this one, begun at start, can end. */
  private endsAfter(other: string, start: number): Set<number> {
    let ends = new Set([start]);
    for (let index = 0; index < this.lower.length && ends.size > 0; index++) {
      const next = new Set<number>();
      for (const end of ends) {
        for (const form of [this.lower[index], this.upper[index]]) {
          if (other.startsWith(form, end)) {
            next.add(end + form.length);
          }
        }
      }
      ends = next;
    }
    return ends;
  }

  /** All places in the other text where this one, ended at end, can start. */
  private startsBefore(other: string, end: number): Set<number> {
    let starts = new Set([end]);
    for (let index = this.lower.length - 1; index >= 0 && starts.size > 0; index--) {
      const next = new Set<number>();
      for (const start of starts) {
        for (const form of [this.lower[index], this.upper[index]]) {
          if (other.endsWith(form, start)) {
            next.add(start - form.length);
          }
        }
      }
      starts = next;
    }
    return starts;
  }
}
