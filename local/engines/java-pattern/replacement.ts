/** The replacement texts of `replaceAll`: `$1` and `${name}` stand for groups, a backslash takes the meaning from what follows it. */

import { JavaPatternError } from './pattern-syntax';

/** A piece of text, or the number of a group. */
export type ReplacementPart = string | number;

/** Takes a replacement text apart. */
export function parseReplacement(replacement: string, groupCount: number, groupNames: ReadonlyMap<string, number>): ReplacementPart[] {
  if (!/[$\\]/.test(replacement)) return [replacement];
  const parts: ReplacementPart[] = [];
  for (let position = 0; position < replacement.length;) {
    const plain = /^[^$\\]+/.exec(replacement.slice(position));
    if (plain) {
      parts.push(plain[0]);
      position += plain[0].length;
    } else if (replacement.charAt(position) === '\\') {
      if (position + 1 === replacement.length) throw new JavaPatternError('Character to be escaped is missing', replacement, position);
      parts.push(replacement.charAt(position + 1));
      position += 2;
    } else {
      const [group, length] = readGroup(replacement, position, groupCount, groupNames);
      parts.push(group);
      position += length;
    }
  }
  return parts;
}

/** More digits belong to a number as long as there are so many groups. */
function readGroup(replacement: string, position: number, groupCount: number, groupNames: ReadonlyMap<string, number>): [group: number, length: number] {
  const [text, name, digits] = /^\$(?:\{([a-zA-Z][a-zA-Z0-9]*)\}|(\d+))/.exec(replacement.slice(position)) ?? [];
  if (text === undefined) throw new JavaPatternError('Illegal group reference', replacement, position);
  if (name !== undefined) {
    const index = groupNames.get(name);
    if (index === undefined) throw new JavaPatternError(`No group with name {${name}}`, replacement, position);
    return [index, text.length];
  }
  let length = 1;
  while (length < digits.length && Number(digits.slice(0, length + 1)) <= groupCount) length++;
  const group = Number(digits.slice(0, length));
  if (group > groupCount) throw new JavaPatternError(`No group ${group}`, replacement, position);
  return [group, length + 1];
}
