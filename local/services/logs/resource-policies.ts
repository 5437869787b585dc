import { CompiledPolicy, compilePolicy, MalformedPolicyDocumentError } from '../../engines/iam-policy';
import { AwsError } from '../../kernel/aws-error';

/** The account's policies that let services write into its log groups. */
export class ResourcePolicies {
  /** All of them in one; undefined when there are none. */
  compiled: CompiledPolicy | undefined;
  private readonly documents = new Map<string, { readonly text: string; readonly policy: CompiledPolicy }>();

  put(name: string, text: string): void {
    this.documents.set(name, { text, policy: compile(text) });
    this.merge();
  }

  delete(name: string): boolean {
    const existed = this.documents.delete(name);
    this.merge();
    return existed;
  }

  all(): Array<{ readonly policyName: string; readonly policyDocument: string }> {
    return [...this.documents].map(([policyName, { text }]) => ({ policyName, policyDocument: text }));
  }

  private merge(): void {
    const statements = [...this.documents.values()].flatMap(({ policy }) => policy.statements);
    this.compiled = statements.length === 0 ? undefined : new CompiledPolicy(statements);
  }
}

function compile(text: string): CompiledPolicy {
  try {
    return compilePolicy(JSON.parse(text), { kind: 'resource' });
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof MalformedPolicyDocumentError) {
      throw new AwsError('InvalidParameterException', `Invalid policy document: ${error.message}`);
    }
    throw error;
  }
}
