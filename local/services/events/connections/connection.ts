/** A header, a parameter of the query or a member of the body that a connection adds to requests. */
export interface ConnectionParameter {
  readonly Key: string;
  readonly Value: string;
  readonly IsValueSecret?: boolean | string;
}

/** What a connection adds to every request. */
export interface InvocationParameters {
  readonly HeaderParameters?: readonly ConnectionParameter[];
  readonly QueryStringParameters?: readonly ConnectionParameter[];
  readonly BodyParameters?: readonly ConnectionParameter[];
}

/** What a request gets from a connection: credentials, and whatever else the connection adds. */
export interface ConnectionCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly body: Readonly<Record<string, string>>;
}

/** A connection to a third party, and the secret that holds its credentials. */
export interface Connection {
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  readonly authorizationType: 'API_KEY' | 'BASIC';
  readonly description?: string;
  readonly createdAt: number;
  readonly credentials: ConnectionCredentials;
}
