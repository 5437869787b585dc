/** Errors of a template, each with the place in the template that caused it. */
import { StackTemplate } from './stack-template';

/** Deeper than any template that CloudFormation would take (1 MB), and shallow enough for the call stack. */
const MAXIMUM_DEPTH = 400;

/** How much of a deep path a message shows. */
const SHOWN_SEGMENTS = 20;

/** A template that cannot be resolved: names the stack, the resource and the property. */
export class TemplateError extends Error {
  public readonly name = 'TemplateError';

  constructor(
    /** What is wrong, without the place. */
    readonly problem: string,
    readonly stackName: string,
    /** The place in the template, such as `Properties.Policies.0.PolicyName`. */
    readonly path: string,
    readonly logicalId?: string,
    readonly constructPath?: string,
    cause?: unknown,
    /** The file and the line, where the template is a file of its own. */
    readonly source?: string,
  ) {
    const resource = logicalId === undefined ? '' : `, resource ${logicalId}${constructPath === undefined ? '' : ` (${constructPath})`}`;
    super(`${source === undefined ? '' : `${source}: `}Stack ${stackName}${resource}${path === '' ? '' : `, ${path}`}: ${problem}`, cause === undefined ? undefined : { cause });
  }
}

/** The file and the line of a place in a template, such as `template.yaml:12`; undefined for a template that was synthesized. */
export function sourceOf(stack: StackTemplate, path: readonly string[]): string | undefined {
  if (stack.lineOf === undefined) return undefined;
  const line = stack.lineOf(path);
  return line === undefined ? stack.templateFile : `${stack.templateFile}:${line}`;
}

/** Where in a template a reader stands; grows and shrinks as it walks, and bounds how deep it may go. */
export class TemplateLocation {
  private path: string[];
  private depth = 0;

  constructor(private readonly stack: StackTemplate, path: readonly string[], private readonly logicalId?: string) {
    this.path = [...path];
  }

  /** Reads one level further in. */
  within<T>(segment: string, read: () => T): T {
    this.path.push(segment);
    const result = this.deeper(read);
    this.path.pop();
    return result;
  }

  /** Reads another place of the template on behalf of this one: the depth goes on counting. */
  elsewhere<T>(path: readonly string[], read: () => T): T {
    const before = this.path;
    this.path = [...path];
    const result = this.deeper(read);
    this.path = before;
    return result;
  }

  /** Throws the error that says what is wrong here. */
  fail(problem: string, cause?: unknown): never {
    const shown = this.path.length > SHOWN_SEGMENTS ? [...this.path.slice(0, SHOWN_SEGMENTS), '…'] : this.path;
    const constructPath = this.logicalId === undefined ? undefined : this.stack.constructPaths.get(this.logicalId);
    const source = sourceOf(this.stack, this.logicalId === undefined ? this.path : ['Resources', this.logicalId, ...this.path]);
    throw new TemplateError(problem, this.stack.name, shown.join('.'), this.logicalId, constructPath, cause, source);
  }

  private deeper<T>(read: () => T): T {
    if (this.depth >= MAXIMUM_DEPTH) this.fail(`the template is nested deeper than ${MAXIMUM_DEPTH} levels`);
    this.depth += 1;
    const result = read();
    this.depth -= 1;
    return result;
  }
}
