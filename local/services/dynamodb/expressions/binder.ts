/** Looks up an expression's placeholders, and gathers what is wrong with it: DynamoDB tells one thing, by rank and then by place. */
import { Path } from './path';
import { Placeholders } from './placeholders';
import { isReserved } from './reserved-words';
import { PathNode } from './syntax';
import { validationError } from '../errors';
import { AttributeValue, typeOf } from '../values/attribute-value';

export class Binder {
  private finding?: { readonly rank: number; readonly message: string };

  constructor(private readonly kind: string, private readonly placeholders: Placeholders) {}

  /** Notes something wrong; a lower rank is told first. */
  report(rank: number, message: string): void {
    if (!this.finding || rank < this.finding.rank) {
      this.finding = { rank, message };
    }
  }

  throwIfAny(): void {
    if (this.finding) {
      throw validationError(`Invalid ${this.kind}: ${this.finding.message}`);
    }
  }

  path(node: PathNode, ranks: { readonly reserved: number; readonly undefined: number }): Path {
    return node.elements.map(element => {
      if (typeof element === 'number') {
        return element;
      }
      if (element.placeholder) {
        const name = this.placeholders.name(element.name);
        if (name === undefined) {
          this.report(ranks.undefined, `An expression attribute name used in the document path is not defined; attribute name: ${element.name}`);
        }
        return name ?? '';
      }
      if (isReserved(element.name)) {
        this.report(ranks.reserved, `Attribute name is a reserved keyword; reserved keyword: ${element.name}`);
      }
      return element.name;
    }) as unknown as Path;
  }

  /** The value behind a placeholder; where there is none the expression is refused in the end, and any value does until then. */
  value(placeholder: string, rank: number): AttributeValue {
    const value = this.placeholders.value(placeholder);
    if (value === undefined) {
      this.report(rank, `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`);
    }
    return value ?? { NULL: true };
  }

  /** Refuses an operand of a type that the operator does not take. */
  requireType(rank: number, operator: string, value: AttributeValue, allowed: readonly string[]): void {
    const type = typeOf(value);
    if (!allowed.includes(type)) {
      this.report(rank, `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`);
    }
  }
}
