/** The grammar of conditions, filters and key conditions. */
import { Parser } from './parser';
import { Comparator, Node } from './syntax';

const COMPARATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];
const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'BETWEEN', 'IN', 'NOT', 'OR']);
/** More than operators could call for. */
const MAXIMUM_PARENTHESES = 302;

/** Parses a condition; operands and conditions share one grammar, since what a parenthesis holds shows only after it. */
export class ConditionParser extends Parser {
  protected readonly keywords = KEYWORDS;
  private depth = 0;
  private readonly parenthesized = new WeakSet<Node>();

  parse(): Node {
    const condition = this.requireCondition(this.or());
    this.takeEnd();
    return condition;
  }

  private or(): Node {
    return this.junction('or', 'OR', () => this.and());
  }

  private and(): Node {
    return this.junction('and', 'AND', () => this.not());
  }

  private junction(kind: 'and' | 'or', word: string, parse: () => Node): Node {
    const first = parse();
    if (!this.isWord(word)) {
      return first;
    }
    const operands = [this.requireCondition(first)];
    while (this.isWord(word)) {
      this.take();
      this.countOperator();
      operands.push(this.requireCondition(parse()));
    }
    return { kind, operands };
  }

  private not(): Node {
    if (!this.isWord('NOT')) {
      return this.comparison();
    }
    this.take();
    this.countOperator();
    return { kind: 'not', operand: this.requireCondition(this.not()) };
  }

  private comparison(): Node {
    const left = this.primary();
    const { kind, text } = this.token;
    if (kind === 'symbol' && COMPARATORS.includes(text)) {
      return this.compare(text as Comparator, left, () => [this.operand()]);
    }
    if (this.isWord('BETWEEN')) {
      return this.compare('BETWEEN', left, () => {
        const lower = this.operand();
        if (!this.isWord('AND')) {
          throw this.syntaxError();
        }
        this.take();
        return [lower, this.operand()];
      });
    }
    if (this.isWord('IN')) {
      return this.compare('IN', left, () => {
        this.takeSymbol('(');
        const choices = this.separated(() => this.operand());
        this.takeSymbol(')');
        return choices;
      });
    }
    return left;
  }

  private compare(operator: Comparator, left: Node, parseOthers: () => Node[]): Node {
    if (isCondition(left)) {
      throw this.syntaxError();
    }
    this.take();
    this.countOperator();
    return { kind: 'comparison', operator, operands: [left, ...parseOthers()] };
  }

  private primary(): Node {
    if (!this.isSymbol('(')) {
      return this.pathOrValueOrFunction(() => this.operand());
    }
    this.depth += 1;
    // So deep, some of the parentheses hold nothing but parentheses.
    if (this.depth > MAXIMUM_PARENTHESES) {
      throw this.redundantParentheses();
    }
    this.take();
    const inner = this.or();
    this.takeSymbol(')');
    this.depth -= 1;
    if (this.parenthesized.has(inner)) {
      throw this.redundantParentheses();
    }
    this.parenthesized.add(inner);
    return inner;
  }

  private operand(): Node {
    const operand = this.primary();
    if (isCondition(operand)) {
      throw this.syntaxError();
    }
    return operand;
  }

  private requireCondition(node: Node): Node {
    if (node.kind === 'path' || node.kind === 'value') {
      throw this.syntaxError();
    }
    return node;
  }

  private redundantParentheses() {
    return this.error('The expression has redundant parentheses;');
  }
}

/** Functions may be either; which of them are conditions is told in other words than a syntax error. */
function isCondition(node: Node): boolean {
  return node.kind === 'comparison' || node.kind === 'and' || node.kind === 'or' || node.kind === 'not';
}
