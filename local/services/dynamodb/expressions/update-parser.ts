/** The grammar of update expressions. */
import { Parser } from './parser';
import { ActionNode, Node, UpdateNode } from './syntax';

type Section = ActionNode['section'];

const SECTIONS: readonly Section[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];

export class UpdateParser extends Parser {
  private depth = 0;

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
    const left = this.operand();
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
    this.depth += 1;
    if (this.depth > 1) {
      throw this.error('The expression has redundant parentheses;');
    }
    const value = this.setValue();
    this.takeSymbol(')');
    this.depth -= 1;
    return value;
  }
}
