/** What a ticket says of its bearer. */
export interface TicketOptions {
  /**
   * Names of what a ticket vouches for, such as `tenantId`: attributes of its row, which the client's URL repeats as query string parameters, and which the row of
   * the connection keeps. A client that changes one of them is refused.
   *
   * @default - nothing
   */
  readonly claims?: string[];
}
