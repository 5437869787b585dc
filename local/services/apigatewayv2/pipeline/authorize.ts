/** How a route may be declared to authorise its callers. Only `$connect` can ask for authorisation at all. */
export interface RouteAuthorization {
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly ApiKeyRequired?: boolean | string;
}

/** Refuses a route that lets in only some callers: to let everybody in would be the opposite of what it asks for. */
export function refuseAuthorization(authorization: RouteAuthorization): void {
  const { AuthorizationType: type = 'NONE', AuthorizerId: authorizerId, ApiKeyRequired: apiKeyRequired } = authorization;
  if (type !== 'NONE' || authorizerId !== undefined) {
    throw new Error(`the local runtime does not emulate the authorization type ${type}`);
  }
  if (String(apiKeyRequired ?? false) === 'true') {
    throw new Error('the local runtime does not emulate API keys (ApiKeyRequired)');
  }
}
