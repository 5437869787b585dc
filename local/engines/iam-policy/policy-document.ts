/** Reads the shape of a policy document: which elements there are, and of which types. Messages and their order are those of IAM. */
import { checkAction } from './action';
import { checkDates, compileConditions, Condition } from './condition';
import { legacyParsingError, MalformedPolicyDocumentError, syntaxError } from './malformed-policy-document-error';
import { findResourceProblem } from './resource';

/** A policy document as parsed JSON; nothing in it has been checked. */
export type PolicyDocument = object;

/** What a policy is attached to: an identity, a resource, or (as a trust policy) a role. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** A statement whose shape has been checked. */
export interface PolicyStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principal?: unknown;
  readonly notPrincipal?: unknown;
  readonly conditions: readonly Condition[];
  /** The statement as it stands in the document. */
  readonly source: Readonly<Record<string, unknown>>;
}

const VERSIONS = ['2008-10-17', '2012-10-17'];
const DOCUMENT_ELEMENTS = new Set(['Version', 'Id', 'Statement']);
const STATEMENT_ELEMENTS = new Set([
  'Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition',
]);
const ASSUME_ROLE_ACTION = /^sts:(?:AssumeRole\w*|SetContext|SetSourceIdentity|TagSession|\w*[*?][\w*?]*)$/i;

/** Reads the statements of a policy document, and whether its version has policy variables. */
export function readPolicyDocument(document: unknown, kind: PolicyKind): { statements: PolicyStatement[]; variables: boolean } {
  if (!isObject(document)) throw syntaxError('the policy is not an object');
  rejectUnknown(document, DOCUMENT_ELEMENTS, 'the policy');
  if (document.Version !== undefined && !VERSIONS.includes(document.Version as string)) throw syntaxError(`unknown version ${JSON.stringify(document.Version)}`);
  if (document.Id !== undefined && typeof document.Id !== 'string') throw syntaxError('Id is not a string');
  const sources = Array.isArray(document.Statement) ? document.Statement as unknown[] : [document.Statement];
  if (sources.length === 0) throw syntaxError('the policy has no statement');
  const variables = document.Version === '2012-10-17';
  const statements = sources.map((source, index) => readStatement(source, `statement ${index}`, variables));

  // IAM looks for one kind of mistake in the whole document before it looks for the next.
  statements.forEach(checkEffect);
  for (const { source } of statements) checkDates(source.Condition);
  const resourceProblem = kind === 'identity' ? findFirstResourceProblem(statements) : undefined;
  if (resourceProblem?.isLegacyParsing) throw resourceProblem;
  checkStatementIds(statements, kind);
  statements.forEach(checkActionsPresent);
  if (resourceProblem !== undefined) throw resourceProblem;
  for (const { actions = [], notActions = [] } of statements) [...actions, ...notActions].forEach(checkAction);
  for (const statement of statements) checkPresence(statement, kind);
  if (kind === 'trust') statements.forEach(checkTrust);
  return { statements, variables };
}

function readStatement(source: unknown, where: string, variables: boolean): PolicyStatement {
  if (!isObject(source)) throw syntaxError(`${where} is not an object`);
  rejectUnknown(source, STATEMENT_ELEMENTS, where);
  for (const [element, opposite] of [['Action', 'NotAction'], ['Resource', 'NotResource'], ['Principal', 'NotPrincipal']]) {
    if (source[element] !== undefined && source[opposite] !== undefined) throw syntaxError(`${where} has both ${element} and ${opposite}`);
  }
  const { Sid: sid, Effect: effect } = source;
  if (sid !== undefined && typeof sid !== 'string') throw syntaxError(`the Sid of ${where} is not a string`);
  if (typeof effect !== 'string' || !/^(?:allow|deny)$/i.test(effect)) throw syntaxError(`the Effect of ${where} is neither Allow nor Deny`);
  return {
    sid: sid === '' ? undefined : sid,
    effect: effect as 'Allow' | 'Deny',
    actions: readStrings(source, 'Action', where),
    notActions: readStrings(source, 'NotAction', where),
    resources: readStrings(source, 'Resource', where),
    notResources: readStrings(source, 'NotResource', where),
    principal: source.Principal,
    notPrincipal: source.NotPrincipal,
    conditions: compileConditions(source.Condition, variables),
    source,
  };
}

function rejectUnknown(object: Readonly<Record<string, unknown>>, elements: ReadonlySet<string>, where: string): void {
  for (const key of Object.keys(object)) if (!elements.has(key)) throw syntaxError(`${where} has an unknown element "${key}"`);
}

function readStrings(source: Readonly<Record<string, unknown>>, element: string, where: string): readonly string[] | undefined {
  const value = source[element];
  if (value === undefined) return undefined;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.every(member => typeof member === 'string')) return values;
  throw syntaxError(`the ${element} of ${where} is neither a string nor a list of strings`);
}

/** Only the inner parser minds the case of an effect. */
function checkEffect({ effect }: PolicyStatement): void {
  if (effect !== 'Allow' && effect !== 'Deny') throw legacyParsingError(`the effect "${String(effect)}" is neither Allow nor Deny`);
}

function findFirstResourceProblem(statements: readonly PolicyStatement[]): MalformedPolicyDocumentError | undefined {
  for (const { resources = [], notResources = [] } of statements) {
    for (const resource of [...resources, ...notResources]) {
      const problem = findResourceProblem(resource);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function checkStatementIds(statements: readonly PolicyStatement[], kind: PolicyKind): void {
  const seen = new Set<string>();
  for (const { sid } of statements) {
    if (sid === undefined) continue;
    // Services that keep policies on their resources take any text.
    if (kind === 'identity' && !/^[0-9A-Za-z]*$/.test(sid)) {
      const message = 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
      throw new MalformedPolicyDocumentError(message, `the Sid "${sid}"`);
    }
    if (seen.has(sid)) throw new MalformedPolicyDocumentError('Statement IDs (SID) in a single policy must be unique.', `the Sid "${sid}" is there twice`);
    seen.add(sid);
  }
}

function checkActionsPresent({ actions, notActions }: PolicyStatement): void {
  if (!isFilled(actions ?? notActions)) throw new MalformedPolicyDocumentError('Policy statement must contain actions.');
}

function checkPresence(statement: PolicyStatement, kind: PolicyKind): void {
  const { resources, notResources, principal, notPrincipal } = statement;
  const namesPrincipal = principal !== undefined || notPrincipal !== undefined;
  if (kind === 'identity' && namesPrincipal) throw new MalformedPolicyDocumentError('Policy document should not specify a principal.');
  if (kind !== 'identity' && !namesPrincipal) throw new MalformedPolicyDocumentError('Missing required field Principal');
  // The policies of some services (of repositories, for one) leave the resource out.
  const needsResource = kind === 'identity' || resources !== undefined || notResources !== undefined;
  if (kind !== 'trust' && needsResource && !isFilled(resources ?? notResources)) throw new MalformedPolicyDocumentError('Policy statement must contain resources.');
}

function checkTrust(statement: PolicyStatement): void {
  if (statement.resources !== undefined || statement.notResources !== undefined) throw new MalformedPolicyDocumentError('Has prohibited field Resource');
  if (statement.notPrincipal !== undefined) throw new MalformedPolicyDocumentError('AssumeRole policy must not contain NotPrincipal field.');
  if (statement.notActions !== undefined || !statement.actions?.every(action => ASSUME_ROLE_ACTION.test(action))) {
    throw new MalformedPolicyDocumentError('AssumeRole policy may only specify STS AssumeRole actions.');
  }
}

function isFilled(values: readonly string[] | undefined): boolean {
  return values !== undefined && values.length > 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
