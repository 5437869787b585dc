/** What is wrong with the members of a request, told all at once. */
import { validationError } from '../errors';

/** DynamoDB names no more than ten. */
const MOST = 10;

export class Problems {
  /** Found by the framework in front of DynamoDB, from the published model: where there are any, DynamoDB does not come to look itself. */
  private readonly framework: string[] = [];
  private readonly service: string[] = [];

  /** A value that the published model does not allow. */
  addToFramework(path: string, constraint: string): void {
    this.framework.push(`Value at '${path}' failed to satisfy constraint: ${constraint}`);
  }

  /** A value that DynamoDB does not allow; it is quoted, as Java prints it. */
  add(path: string, printed: string | undefined, constraint: string): void {
    const quoted = printed === undefined ? 'null' : `'${printed}'`;
    this.service.push(`Value ${quoted} at '${path}' failed to satisfy constraint: ${constraint}`);
  }

  /** A value that DynamoDB does not allow, in words of its own. */
  addText(text: string): void {
    this.service.push(text);
  }

  throwIfAny(): void {
    const all = (this.framework.length > 0 ? this.framework : this.service).slice(0, MOST);
    if (all.length > 0) {
      throw validationError(`${all.length} validation error${all.length > 1 ? 's' : ''} detected: ${all.join('; ')}`);
    }
  }
}
