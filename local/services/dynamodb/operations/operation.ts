/** What the operations have in common: how they read their request, and what IAM must allow. */
import { Operation, Permission } from '../../../kernel/contracts';
import { Database } from '../database';
import { validationError, worded, Wording } from '../errors';
import { Shape } from '../shapes/shape';
import { readRequest } from '../shapes/structure';
import { KeyAttribute } from '../tables/key-schema';
import { copyOf } from '../values/copy';

/** An operation of DynamoDB, in the steps that it takes. */
export interface OperationSteps<Input extends object, Request> {
  readonly shape: Shape<Input>;
  /** How it tells what is wrong with a request: as before, where nothing is said. */
  readonly wording?: Wording;
  /** Checks what the request says, before any table is looked for. */
  readonly prepare: (input: Input) => Request;
  /** Of the input as it came, which may be anything; where the resource cannot be told, reading it throws. */
  readonly permissions: (input: Untrusted) => Permission[] | undefined;
  readonly run: (request: Request) => object;
}

/** Input that nobody has checked. */
export type Untrusted = Readonly<Record<string, unknown>>;

/** Makes an operation of its steps. */
export function operation<Input extends object, Request>(steps: OperationSteps<Input, Request>): Operation {
  const { wording = 'older' } = steps;
  const read = (input: unknown) => {
    const checked = readRequest(steps.shape, input, wording);
    return worded(wording, () => steps.prepare(checked));
  };
  return {
    permissions: (input: unknown) => {
      const permissions = isObject(input) ? steps.permissions(input) : undefined;
      if (permissions) {
        return permissions;
      }
      read(input);
      throw validationError('The request names no table.');
    },
    handle: (input: unknown) => copyOf(steps.run(read(input))),
  };
}

/** Whether a value has members to look at. */
export function isObject(value: unknown): value is Untrusted {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What of a request IAM may have conditions on. */
export interface PermissionDetails {
  readonly index?: unknown;
  /** The keys that are touched, or the items that have them. */
  readonly keys?: readonly unknown[];
  readonly context?: Permission['context'];
}

/** What IAM asks of one action on a table; undefined where no table is named. */
export function tablePermission(database: Database, action: string, tableName: unknown, details: PermissionDetails = {}): Permission | undefined {
  if (typeof tableName !== 'string' || tableName === '') {
    return undefined;
  }
  return new TablePermission(database, action, tableName, details);
}

/** Each request makes some: a getter of a class costs much less than one of a literal. */
class TablePermission implements Permission {
  readonly action: string;
  readonly resource: string;

  constructor(private readonly database: Database, action: string, private readonly tableName: string, private readonly details: PermissionDetails) {
    const table = database.arnOf(tableName);
    this.action = `dynamodb:${action}`;
    this.resource = typeof details.index === 'string' ? `${table}/index/${details.index}` : table;
  }

  /** Few policies ask for the keys, and every request would have to find them. */
  get context(): Permission['context'] {
    const { keys = [], context } = this.details;
    const leadingKeys = leadingKeysOf(this.database, this.tableName, keys);
    return leadingKeys.length === 0 ? context : { ...context, 'dynamodb:LeadingKeys': leadingKeys };
  }
}

/** The values of the partition key. */
function leadingKeysOf(database: Database, tableName: string, keys: readonly unknown[]): string[] {
  const hash = keys.length > 0 ? database.find(tableName)?.schema.hash : undefined;
  return hash ? keys.flatMap(key => isObject(key) && Object.hasOwn(key, hash.name) ? scalarOf(key[hash.name], hash) : []) : [];
}

/** The text of a value that has the type of a key. */
export function scalarOf(value: unknown, { type }: KeyAttribute): string[] {
  const text = isObject(value) ? value[type] : undefined;
  return typeof text === 'string' ? [text] : [];
}

/** All or none. */
export function allOf(permissions: readonly (Permission | undefined)[]): Permission[] | undefined {
  const known = permissions.filter(permission => permission !== undefined);
  return known.length > 0 && known.length === permissions.length ? known : undefined;
}
