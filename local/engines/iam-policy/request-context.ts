/** A request that is to be authorized, as conditions and policy variables see it. */
import { describePrincipal, Principal, PrincipalDescription } from './principal';

/** The value of a context key: a list for the keys that AWS calls multivalued. */
export type ContextValue = string | number | boolean | readonly string[];

/** A request that is to be authorized. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** The action, such as `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN of the resource, or `*` for actions that have none. */
  readonly resource: string;
  /** The account the resource belongs to; by default the one in its ARN, or else that of the principal. */
  readonly resourceAccount?: string;
  /** Context keys in any case; those that follow from the principal need not be given. */
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** The context of one request. Keys are looked up in lower case, as their case means nothing. */
export class RequestContext {
  private values?: ReadonlyMap<string, readonly string[]>;
  private description?: PrincipalDescription;

  constructor(readonly request: AuthorizationRequest) {}

  /** What follows from the principal; worked out only for requests that meet a policy that asks. */
  get principal(): PrincipalDescription {
    this.description ??= describePrincipal(this.request.principal);
    return this.description;
  }

  /** The values of a context key (in lower case); undefined when the request does not have the key. */
  get(key: string): readonly string[] | undefined {
    this.values ??= this.readValues();
    return this.values.get(key);
  }

  private readValues(): ReadonlyMap<string, readonly string[]> {
    const values = new Map<string, readonly string[]>(this.principal.contextKeys);
    for (const [key, value] of Object.entries(this.request.context ?? {})) {
      values.set(key.toLowerCase(), Array.isArray(value) ? value.map(String) : [String(value)]);
    }
    return values;
  }
}
