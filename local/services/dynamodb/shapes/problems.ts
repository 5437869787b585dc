/** What is wrong with the members of a request, told all at once. */
import { validationError, Wording } from '../errors';

/** The path to a value, as the framework and as DynamoDB spell it. */
export interface Path {
  readonly framework: string;
  readonly service: string;
}

/** DynamoDB names no more than ten. */
const MOST = 10;

export class Problems {
  /** Found by the framework in front of DynamoDB, from the published model: where there are any, DynamoDB does not come to look itself. */
  private readonly framework: string[] = [];
  private readonly service: string[] = [];
  private readonly first: string[] = [];
  private readonly last: string[] = [];

  constructor(private readonly wording: Wording) {}

  /** A value that the published model does not allow; where there is no framework before DynamoDB, it finds that itself. */
  addOfModel({ framework, service }: Path, printed: string, constraint: string): void {
    if (this.wording === 'older') {
      this.add(service, printed, constraint);
    } else {
      this.framework.push(`Value at '${framework}' failed to satisfy constraint: ${constraint}`);
    }
  }

  /** A value that DynamoDB does not allow; it is quoted, as Java prints it. */
  add(path: string, printed: string | undefined, constraint: string, told?: 'last'): void {
    const quoted = printed === undefined ? 'null' : `'${printed}'`;
    (told === 'last' ? this.last : this.service).push(`Value ${quoted} at '${path}' failed to satisfy constraint: ${constraint}`);
  }

  /** A value that DynamoDB does not allow, in words of its own. */
  addText(text: string, told?: 'first'): void {
    (told === 'first' ? this.first : this.service).push(text);
  }

  throwIfAny(): void {
    const all = [this.framework, this.first, this.service, this.last].find(({ length }) => length > 0)?.slice(0, MOST);
    if (all) {
      throw validationError(`${all.length} validation error${all.length > 1 ? 's' : ''} detected: ${all.join('; ')}`);
    }
  }
}
