/** The grammar of projections. */
import { Parser } from './parser';
import { PathNode } from './syntax';

export class ProjectionParser extends Parser {
  constructor(source: string) {
    super('ProjectionExpression', source);
  }

  parse(): PathNode[] {
    const paths = this.separated(() => this.path());
    this.takeEnd();
    return paths;
  }
}
