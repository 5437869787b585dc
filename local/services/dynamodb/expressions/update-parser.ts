/** The grammar of update expressions. */
import { Parser } from './parser';
import { ActionNode, Node, UpdateNode } from './syntax';

type Section = ActionNode['section'];

const SECTIONS: readonly Section[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];

export class UpdateParser extends Parser {
  private readonly inParentheses = new WeakSet<Node>();

  constructor(source: string) {
    super('UpdateExpression', source);
  }

  parse(): UpdateNode {
    const actions: ActionNode[] = [];
    const seen = new Set<Section>();
    let repeatedSection: string | undefined;
    do {
      const section = SECTIONS.find(each => this.isWord(each));
      if (!section) {
        throw this.syntaxError();
      }
      this.take();
      repeatedSection ??= seen.has(section) ? section : undefined;
      seen.add(section);
      actions.push(...this.separated(() => this.action(section)));
    } while (this.token.kind !== 'end');
    return { actions, repeatedSection };
  }

  private action(section: Section): ActionNode {
    const path = this.path();
    switch (section) {
      case 'REMOVE':
        return { section, path };
      case 'SET':
        this.takeSymbol('=');
        return { section, path, value: this.setValue() };
      default:
        if (this.token.kind !== 'valuePlaceholder') {
          throw this.syntaxError();
        }
        return { section, path, value: { kind: 'value', placeholder: this.take().text } };
    }
  }

  private setValue(): Node {
    if (!this.isSymbol('(')) {
      return this.arithmetic(this.operand());
    }
    // It may be around the whole value, or around the first operand only.
    this.take();
    const value = this.arithmetic(this.operand());
    this.takeSymbol(')');
    return value.kind === 'arithmetic' ? value : this.arithmetic(this.parenthesized(value));
  }

  private arithmetic(left: Node): Node {
    if (!this.isSymbol('+') && !this.isSymbol('-')) {
      return left;
    }
    const operator = this.take().text as '+' | '-';
    this.countOperator();
    return { kind: 'arithmetic', operator, operands: [left, this.operand()] };
  }

  private operand(): Node {
    if (!this.isSymbol('(')) {
      return this.pathOrValueOrFunction(() => this.operand());
    }
    this.take();
    if (this.isSymbol('(')) {
      throw this.redundantParentheses();
    }
    const operand = this.operand();
    this.takeSymbol(')');
    return this.parenthesized(operand);
  }

  private parenthesized(node: Node): Node {
    if (this.inParentheses.has(node)) {
      throw this.redundantParentheses();
    }
    this.inParentheses.add(node);
    return node;
  }

  private redundantParentheses() {
    return this.error('The expression has redundant parentheses;');
  }
}
