/** What updates do to an item, whether an expression or AttributeUpdates ask for it. */
import { ItemEditor } from './item-editor';
import { Path, valueAt } from './path';
import { validationError } from '../errors';
import { AttributeValue, Attributes, typeOf, ValueType } from '../values/attribute-value';
import { checkDepth } from '../values/check-value';
import { addNumbers } from '../values/decimal';

/** One change; `item` is the item as it was before any of them. */
export interface UpdateAction {
  readonly path: Path;
  /** The type that the attribute will have, where the request alone tells it. */
  readonly assignedType?: ValueType;
  readonly apply: (item: Attributes, editor: ItemEditor) => void;
}

/** All changes that a request asks for. */
export interface Update {
  readonly actions: readonly UpdateAction[];
  /** Where they take values from. */
  readonly operands: readonly Path[];
}

/** The item after an update. */
export function applyUpdate(update: Update, item: Attributes): Attributes {
  const editor = new ItemEditor(item);
  update.actions.forEach(action => action.apply(item, editor));
  return editor.finish();
}

export function setAction(path: Path, evaluate: (item: Attributes) => AttributeValue, assignedType?: ValueType): UpdateAction {
  return {
    path,
    assignedType,
    apply: (item, editor) => {
      const value = evaluate(item);
      checkDepth(value, path.length);
      editor.set(path, value);
    },
  };
}

export function removeAction(path: Path): UpdateAction {
  return { path, apply: (_item, editor) => editor.remove(path) };
}

/** Adds a number to a number, members to a set, or elements to a list. */
export function addAction(path: Path, operand: AttributeValue, mismatch: string): UpdateAction {
  const type = typeOf(operand);
  return {
    path,
    assignedType: type,
    apply: (item, editor) => {
      const existing = ofType(valueAt(item, path), type, mismatch);
      editor.set(path, existing ? sumOf(existing, operand) : operand);
    },
  };
}

/** Takes members out of a set, and the attribute away with the last of them. */
export function deleteAction(path: Path, operand: AttributeValue, mismatch: string): UpdateAction {
  const type = typeOf(operand) as 'SS' | 'NS' | 'BS';
  const deleted = new Set(operand[type]);
  return {
    path,
    assignedType: type,
    apply: (item, editor) => {
      const existing = ofType(valueAt(item, path), type, mismatch);
      const rest = existing?.[type]!.filter(member => !deleted.has(member)) ?? [];
      if (rest.length > 0) {
        editor.set(path, { [type]: rest });
      } else {
        editor.remove(path);
      }
    },
  };
}

function ofType(value: AttributeValue | undefined, type: ValueType, mismatch: string): AttributeValue | undefined {
  if (value && typeOf(value) !== type) {
    throw validationError(mismatch);
  }
  return value;
}

function sumOf(existing: AttributeValue, operand: AttributeValue): AttributeValue {
  if (existing.N !== undefined) {
    return { N: addNumbers(existing.N, operand.N!) };
  }
  if (existing.L) {
    return { L: [...existing.L, ...operand.L!] };
  }
  const type = typeOf(existing) as 'SS' | 'NS' | 'BS';
  return { [type]: [...new Set([...existing[type]!, ...operand[type]!])] };
}
