import { ClientParameters } from '../client-parameters';
import { EventType, RequestContext } from '../request-context';
import { Stage } from '../stage';
import { CompiledRoute } from './route';

/** Who is connected, or about to be. */
export interface ConnectionIdentity {
  readonly id: string;
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

const NOT_PARSED = Symbol('not parsed');

/**
 * One request on its way through the pipeline: a connection being made, a message, or a connection's end. Each stage of the pipeline reads what the
 * stages before it have set.
 */
export class Exchange {
  /** Set by the selection of the route. */
  route!: CompiledRoute;
  /** `$context`: set when the route is selected, replaced by what a template makes of it. */
  context!: RequestContext;
  private parsed: unknown = NOT_PARSED;

  constructor(
    readonly stage: Stage,
    readonly eventType: EventType,
    readonly connection: ConnectionIdentity,
    readonly requestId: string,
    /** Only a message has one. */
    readonly messageId: string | undefined,
    readonly time: number,
    /** The message as the client sent it; empty when the request is none. */
    readonly body: string,
    readonly parameters: ClientParameters,
    /** Only the end of a connection has one. */
    readonly end?: { readonly code: number; readonly reason: string },
  ) {}

  /** The message as JSON; undefined when it is no JSON. */
  json(): unknown {
    if (this.parsed === NOT_PARSED) {
      try {
        this.parsed = JSON.parse(this.body);
      } catch {
        this.parsed = undefined;
      }
    }
    return this.parsed;
  }
}
