import { CompiledPolicy, compilePolicy, MalformedPolicyDocumentError } from '../../../engines/iam-policy';
import { AwsError } from '../../../kernel/aws-error';
import { invalid } from '../errors';

type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: string };

/** Who else may put events on a bus. */
export class BusPolicy {
  compiled?: CompiledPolicy;
  private statements: readonly Statement[] = [];

  get text(): string | undefined {
    return this.statements.length === 0 ? undefined : JSON.stringify({ Version: '2012-10-17', Statement: this.statements });
  }

  /** Adds a statement, in place of one of the same id. */
  put(statement: Statement): void {
    this.set([...this.statements.filter(({ Sid: id }) => id === undefined || id !== statement.Sid), statement]);
  }

  /** Replaces the whole policy. */
  replace(text: string): void {
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch {
      throw invalid('Parameter Policy is not valid. Reason: the policy is no JSON.');
    }
    const statements = (document as { Statement?: unknown } | null)?.Statement;
    this.set(Array.isArray(statements) ? statements : [statements]);
  }

  has(id: unknown): boolean {
    return this.statements.some(({ Sid: each }) => each !== undefined && each === id);
  }

  remove(id: unknown): void {
    if (!this.has(id)) {
      throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
    }
    this.set(this.statements.filter(({ Sid: each }) => each !== id));
  }

  clear(): void {
    this.set([]);
  }

  private set(statements: readonly Statement[]): void {
    try {
      this.compiled = statements.length === 0 ? undefined : compilePolicy({ Version: '2012-10-17', Statement: statements }, { kind: 'resource' });
    } catch (error) {
      throw error instanceof MalformedPolicyDocumentError ? invalid(`Parameter Policy is not valid. Reason: ${error.message}`) : error;
    }
    this.statements = statements;
  }
}
