import { Exchange } from './exchange';

/** One thing that a handshake has to pass; throws a GatewayFailure when it does not. */
export type Authorization = (exchange: Exchange) => void | Promise<void>;

/** Lets a handshake pass all that its route asks for, one after the other. Only `$connect` can ask for anything. */
export async function authorize(authorizations: readonly Authorization[], exchange: Exchange): Promise<void> {
  for (const authorization of authorizations) {
    await authorization(exchange);
  }
}
