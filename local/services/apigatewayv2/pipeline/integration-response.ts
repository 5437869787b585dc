import { compileJavaPattern } from '../../../engines/java-pattern';
import { MappingTemplates } from '../mapping-template';
import { compileParameterExpression, ParameterReader } from '../parameter-expression';
import { compileSelectionExpression } from '../selection-expression';
import { IntegrationResponse } from '../store';

/** An integration response, ready to be applied. */
export interface CompiledIntegrationResponse {
  /** What a status or an error has to match. */
  readonly key: string;
  readonly templates: MappingTemplates;
  /** Headers of the answer to a handshake, and where their values come from. */
  readonly headers: ReadonlyArray<{ readonly name: string; readonly read: ParameterReader }>;
}

const CATCH_ALL = '$default';
const HEADER = /^(?:route|method)\.response\.header\.([A-Za-z0-9._$-]+)$/;

/** The responses of a non-proxy integration. */
export class IntegrationResponses {
  private readonly conditional: ReadonlyArray<{ readonly matches: (status: string) => boolean; readonly response: CompiledIntegrationResponse }>;
  private readonly catchAll: CompiledIntegrationResponse | undefined;
  private readonly matched = new Map<number, CompiledIntegrationResponse | undefined>();

  constructor(responses: readonly IntegrationResponse[]) {
    this.conditional = responses
      .filter(({ key }) => key !== CATCH_ALL)
      .map(response => ({ matches: compileIntegrationResponseKey(response.key), response: compileIntegrationResponse(response) }));
    const catchAll = responses.find(({ key }) => key === CATCH_ALL);
    this.catchAll = catchAll && compileIntegrationResponse(catchAll);
  }

  /** The response whose key the backend's status or error matches, else the catch-all; undefined when there is neither. */
  match(selection: string | number): CompiledIntegrationResponse | undefined {
    if (typeof selection === 'string') {
      return this.find(selection);
    }
    if (!this.matched.has(selection)) {
      this.matched.set(selection, this.find(String(selection)));
    }
    return this.matched.get(selection);
  }

  private find(selection: string): CompiledIntegrationResponse | undefined {
    return this.conditional.find(({ matches }) => matches(selection))?.response ?? this.catchAll;
  }
}

/** Compiles a key: a regular expression between slashes, which has to match the whole status, or a status. */
export function compileIntegrationResponseKey(key: string): (status: string) => boolean {
  const expression = /^\/(.*)\/$/s.exec(key)?.[1];
  if (expression === undefined) {
    return status => status === key;
  }
  const pattern = compileJavaPattern(expression);
  return status => pattern.matches(status);
}

/** Compiles what an integration response makes of a backend's answer; throws when one of its expressions cannot be evaluated. */
export function compileIntegrationResponse(response: IntegrationResponse): CompiledIntegrationResponse {
  const expression = response.templateSelectionExpression;
  return {
    key: response.key,
    templates: new MappingTemplates(
      response.responseTemplates,
      expression === undefined ? undefined : compileSelectionExpression(expression, ['request.body', 'integration.response']),
    ),
    headers: [...response.responseParameters].map(([target, source]) => {
      const name = HEADER.exec(target)?.[1];
      if (name === undefined) {
        throw new Error(`"${target}" is no parameter of a response`);
      }
      if (name.toLowerCase() === 'sec-websocket-protocol') {
        throw new Error(`"${target}" is not known to reach clients on AWS, where functions behind AWS_PROXY choose the subprotocol`);
      }
      return { name, read: compileParameterExpression(source, ['integration.response', 'context', 'stageVariables']) };
    }),
  };
}
