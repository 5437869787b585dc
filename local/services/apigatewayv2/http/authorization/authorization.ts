import { HttpExchange } from '../http-exchange';

/** What a request has to pass; throws a GatewayFailure when it does not. */
export type HttpAuthorization = (exchange: HttpExchange) => Promise<void>;
