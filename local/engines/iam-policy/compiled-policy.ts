/** A policy document compiled for evaluation: once, for every request that it will be held against. */
import { compileActions } from './action';
import { PolicyDocument, PolicyKind, PolicyStatement, readPolicyDocument } from './policy-document';
import { compileNotPrincipal, compilePrincipal, PrincipalMatch, PrincipalMatcher } from './principal';
import { RequestContext } from './request-context';
import { compileResources } from './resource';

/** How many different actions a policy remembers its statements for. */
const REMEMBERED_ACTIONS = 256;

/** A compiled statement. */
export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  /** The position of the statement in its policy. */
  readonly index: number;
  readonly sid?: string;
  /** Whether it has a Principal element: then statements differ in how far they reach. */
  readonly namesPrincipal: boolean;
  /** The statement as it stands in the document. */
  readonly source: Readonly<Record<string, unknown>>;
  matchesAction(action: string, context: RequestContext): boolean;
  /** How the statement applies to a request, its action aside: 'everyone' in policies of identities, which name no principal. */
  applies(context: RequestContext): PrincipalMatch | undefined;
}

/** A policy that has been read, checked and compiled. */
export class CompiledPolicy {
  private readonly byAction = new Map<string, readonly CompiledStatement[]>();

  constructor(
    readonly statements: readonly CompiledStatement[],
    /** The name the policy is reported by. */
    readonly policyName?: string,
  ) {}

  /** The statements whose actions match a request's: most requests ask for an action that has been asked for before. */
  statementsFor(context: RequestContext): readonly CompiledStatement[] {
    const { action } = context.request;
    const known = this.byAction.get(action);
    if (known !== undefined) return known;
    const matching = this.statements.filter(statement => statement.matchesAction(action, context));
    if (this.byAction.size < REMEMBERED_ACTIONS) this.byAction.set(action, matching);
    return matching;
  }
}

/** Compiles a policy document; throws MalformedPolicyDocumentError for what IAM would not accept. */
export function compilePolicy(document: PolicyDocument, options: { readonly kind?: PolicyKind; readonly name?: string } = {}): CompiledPolicy {
  const { statements, variables } = readPolicyDocument(document, options.kind ?? 'identity');
  return new CompiledPolicy(statements.map((statement, index) => compileStatement(statement, index, variables)), options.name);
}

function compileStatement(statement: PolicyStatement, index: number, variables: boolean): CompiledStatement {
  const principal = compileStatementPrincipal(statement);
  const { conditions } = statement;
  const matchesResource = compileStatementResources(statement, variables);
  return {
    effect: statement.effect,
    index,
    sid: statement.sid,
    namesPrincipal: principal !== undefined,
    source: statement.source,
    matchesAction: compileStatementActions(statement),
    applies(context) {
      if (!matchesResource(context)) return undefined;
      const match = principal === undefined ? 'everyone' : principal.match(context.principal);
      return match !== undefined && conditions.every(condition => condition(context)) ? match : undefined;
    },
  };
}

function compileStatementActions({ actions, notActions = [] }: PolicyStatement): CompiledStatement['matchesAction'] {
  if (actions !== undefined) return compileActions(actions);
  const matches = compileActions(notActions);
  return (action, context) => !matches(action, context);
}

function compileStatementResources({ resources, notResources }: PolicyStatement, variables: boolean): (context: RequestContext) => boolean {
  const matches = compileResources(resources ?? notResources ?? ['*'], variables);
  return notResources === undefined ? context => matches(context.request.resource, context) : context => !matches(context.request.resource, context);
}

function compileStatementPrincipal({ principal, notPrincipal, effect }: PolicyStatement): PrincipalMatcher | undefined {
  if (principal !== undefined) return compilePrincipal(principal);
  return notPrincipal === undefined ? undefined : compileNotPrincipal(notPrincipal, effect);
}
