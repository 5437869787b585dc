import { Token } from 'aws-cdk-lib';
import { IWebSocketRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { TicketOptions } from './ticket-options';
import { DirectIntegration } from '../integrations/direct-integration';
import { Guard } from '../integrations/guard';
import { InvalidValueError } from '../validation/invalid-value-error';
import { parameterExpression } from '../values/presence';
import { Value } from '../values/value';

/** Characters that mean nothing in a string of Velocity. */
const SECRET = /^[\w.~+/=:-]+$/;

/** As browsers write it: without a path, and without the port that goes without saying. */
const ORIGIN = /^(http:\/\/(?!.*:80$)|https:\/\/(?!.*:443$))[a-z0-9.-]+(:\d+)?$/;

/**
 * Who may connect. API Gateway decides it once, at `$connect`; later messages are not asked again.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
 *
 * @example
 * declare const endpoint: WebSocketEndpoint;
 * endpoint.addRoute('$connect', new MockIntegration('Connect'), { admission: Admission.header('token', 'hello') });
 */
export class Admission {
  /**
   * Clients that send a header of this value. It is one password for all, which everybody sees who may read the template; browsers cannot send headers.
   *
   * @param name The header as clients write it: API Gateway's templates tell upper case from lower case.
   */
  static header(name: string, value: string): Admission {
    return Admission.parameter('header', name, value);
  }

  /** Clients whose URL has a query string parameter of this value. It is one password for all, and URLs are written into logs. */
  static queryString(name: string, value: string): Admission {
    return Admission.parameter('querystring', name, value);
  }

  /** Clients that sign their handshake, as whom IAM allows `execute-api:Invoke` on the `$connect` route. They have no claims. */
  static iam(): Admission {
    return new Admission(new WebSocketIamAuthorizer());
  }

  /** Clients that an authorizer lets in, such as a Lambda function of your own. What it says of them are their claims: `Value.claim()`. */
  static custom(authorizer: IWebSocketRouteAuthorizer): Admission {
    return new Admission(authorizer);
  }

  /**
   * Clients with a ticket: a secret that a backend of yours has put into the table of a `ConnectionTable` or an `EventSocket` and handed to one client, which connects with
   * `?ticket=<secret>`. A ticket lets in once, so that a URL that somebody else gets hold of is worth nothing; what it vouches for becomes attributes of the
   * connection's row.
   *
   * Not as a subprotocol: browsers hang up unless `$connect` repeats it, which API Gateway does for functions alone.
   *
   * The `$connect` route has to be the table's: see `WebSocketEndpoint.addConnectionRoutes()`, and `ConnectionTable.grantIssueTickets()` for the backend.
   */
  static ticket(options: TicketOptions = {}): Admission {
    return new Admission(undefined, undefined, options.claims ?? []);
  }

  /** Clients in a web page of one of these origins, such as `https://shop.example`: see `withOrigins()`. */
  static origins(origins: string[]): Admission {
    return new Admission().withOrigins(origins);
  }

  private static parameter(location: 'header' | 'querystring', name: string, value: string): Admission {
    const method = location === 'header' ? 'Admission.header' : 'Admission.queryString';
    if (!Token.isUnresolved(value) && !SECRET.test(value)) {
      throw new InvalidValueError('admissionValue', `${method}('${name}', …) compares with letters, digits and . ~ + / = : _ - only: the value has other characters, or none.`);
    }
    const { _node: parameter } = location === 'header' ? Value.header(name) : Value.queryString(name);
    return new Admission(undefined, { condition: isEqual(location, name, value), parameters: [parameter] });
  }

  /** The authorizer for the `$connect` route; undefined where the integration itself refuses. */
  readonly authorizer?: IWebSocketRouteAuthorizer;

  /**
   * What a ticket vouches for; undefined where no ticket is asked for.
   *
   * @internal
   */
  readonly _ticketClaims?: readonly string[];

  private constructor(authorizer?: IWebSocketRouteAuthorizer, private readonly condition?: Guard, ticketClaims?: readonly string[]) {
    this.authorizer = authorizer;
    this._ticketClaims = ticketClaims;
  }

  /**
   * Whether clients may have a claim of this name. Those that an authorizer gives are known when it runs; IAM gives none.
   *
   * @internal
   */
  _mayGive(claim: string): boolean {
    return this.authorizer ? !(this.authorizer instanceof WebSocketIamAuthorizer) : this._ticketClaims?.includes(claim) ?? false;
  }

  /**
   * The same clients, if they are in a web page of one of these origins. A browser says which page it is that connects, so that no other page can use what your
   * users' browsers have; a program says whatever it likes, so that this alone keeps out no program.
   *
   * The route needs a direct integration also where an authorizer lets in.
   */
  withOrigins(origins: string[]): Admission {
    const invalid = origins.find(origin => !Token.isUnresolved(origin) && !ORIGIN.test(origin));
    if (invalid !== undefined || origins.length === 0) {
      throw new InvalidValueError('admissionOrigin', `${invalid === undefined ? 'No origin is given' : `'${invalid}' is no origin as browsers send it`}: write it in lower case, without a path, such as https://shop.example or http://localhost:3000.`);
    }
    const condition = origins.map(origin => isEqual('header', 'Origin', origin)).join(' || ');
    const { condition: other, parameters = [] } = this.condition ?? {};
    const guard = { condition: other === undefined ? condition : `(${other}) && (${condition})`, parameters: [...parameters, Value.header('Origin')._node] };
    return new Admission(this.authorizer, guard, this._ticketClaims);
  }

  /** Has the integration of a `$connect` route refuse whom this does not admit. `WebSocketEndpoint` does it by itself. */
  guard(integration: DirectIntegration): DirectIntegration {
    if (this.condition) {
      integration._guard = this.condition;
    }
    return integration;
  }

  /**
   * Whether it is the integration that refuses.
   *
   * @internal
   */
  get _needsGuard(): boolean {
    return this.condition !== undefined;
  }
}

/** Whether a handshake says a value. One that turns out to be empty would be that of everybody. */
function isEqual(location: 'header' | 'querystring', name: string, value: string): string {
  const isThere = Token.isUnresolved(value) ? `${parameterExpression(location, name)} != "" && ` : '';
  return `${isThere}${parameterExpression(location, name)} == "${value}"`;
}
