import { JavaPattern, compileJavaPattern } from '../../java-pattern';

/**
 * A regular expression of JSONata that takes no more time than is in proportion to the text: JavaScript's own engine tries everything there is, which
 * for `(a+)+$` never ends. It is asked where it can not go wrong; elsewhere the engine of Java's expressions answers.
 */
export class BoundedRegularExpression {
  lastIndex = 0;
  private readonly bounded: JavaPattern;

  constructor(private readonly native: RegExp) {
    this.bounded = compileJavaPattern(native.source, native.flags.replace(/[^im]/g, ''));
  }

  /** What `RegExp.exec` gives. */
  exec(text: string): (ReadonlyArray<string | undefined> & { readonly index: number }) | null {
    if (text.length <= this.bounded.longestForBacktracking) {
      this.native.lastIndex = this.lastIndex;
      const found = this.native.exec(text);
      this.lastIndex = this.native.lastIndex;
      return found;
    }
    const match = this.lastIndex <= text.length ? this.bounded.find(text, this.lastIndex) : undefined;
    this.lastIndex = match?.end ?? 0;
    return match ? Object.assign([...match.groups], { index: match.start }) : null;
  }
}
