/** The attributes that a read asks for, by an expression or by plain names. */
import { validationError } from '../errors';
import { Placeholders } from '../expressions/placeholders';
import { bindProjection, projectNames, Projection } from '../expressions/projection';

/** The members of a request that name attributes. */
export interface ProjectionInput {
  readonly ProjectionExpression?: string;
  readonly AttributesToGet?: readonly string[];
}

/** The projection that a request asks for, if it does. */
export function prepareProjection(input: ProjectionInput, placeholders: Placeholders): Projection | undefined {
  const { ProjectionExpression: expression, AttributesToGet: names } = input;
  if (names) {
    refuseRepeatedNames(names);
    return projectNames(names);
  }
  return expression === undefined ? undefined : bindProjection(expression, placeholders);
}

/** Refuses attributes that are asked for twice. */
export function refuseRepeatedNames(names: readonly string[] = []): void {
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw validationError(`One or more parameter values were invalid: Duplicate value in attribute name: ${repeated}`);
  }
}
