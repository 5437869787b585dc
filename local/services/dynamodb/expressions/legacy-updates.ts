/** Updates as they were before there were expressions: AttributeUpdates. */
import { addAction, deleteAction, removeAction, setAction, Update, UpdateAction } from './update-actions';
import { validationError } from '../errors';
import { AttributeValue, typeOf } from '../values/attribute-value';
import { checkValue } from '../values/check-value';

/** What is to be done with one attribute. */
export interface AttributeUpdate {
  readonly Action?: 'PUT' | 'ADD' | 'DELETE';
  readonly Value?: AttributeValue;
}

const MISMATCH = 'Type mismatch for attribute to update';
const ADDABLE = ['L', 'SS', 'NS', 'BS', 'N'];
const DELETABLE = ['SS', 'NS', 'BS'];

/** The update that AttributeUpdates ask for; throws what is wrong with them. */
export function bindAttributeUpdates(updates: Readonly<Record<string, AttributeUpdate>>): Update {
  return { actions: Object.entries(updates).map(([name, update]) => bind(name, update)), operands: [] };
}

function bind(name: string, { Action: action = 'PUT', Value: value }: AttributeUpdate): UpdateAction {
  if (!value) {
    if (action !== 'DELETE') {
      throw invalid('Only DELETE action is allowed when no attribute value is specified');
    }
    return removeAction([name]);
  }
  checkValue(value);
  const type = typeOf(value);
  switch (action) {
    case 'DELETE':
      if (!DELETABLE.includes(type)) {
        throw invalid(`DELETE action with value is not supported for the type ${type}`);
      }
      return deleteAction([name], value, MISMATCH);
    case 'ADD':
      if (!ADDABLE.includes(type)) {
        throw invalid(`ADD action is not supported for the type ${type}`);
      }
      return addAction([name], value, MISMATCH);
    default:
      return setAction([name], () => value, type);
  }
}

function invalid(message: string) {
  return validationError(`One or more parameter values were invalid: ${message}`);
}
