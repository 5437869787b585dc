/** Headers, query and path variables of the request to a backend, as the integration maps them. */
export interface MappedParameters {
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly path: ReadonlyMap<string, string>;
}

/** A request to a backend. */
export interface IntegrationRequest {
  readonly parameters: MappedParameters;
  readonly body: string;
}
