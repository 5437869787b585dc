/** What the execution log holds of a route's exchanges. */
export interface RouteLogging {
  readonly level: 'ERROR' | 'INFO' | 'OFF';
  /** With headers and bodies. */
  readonly traced: boolean;
}
