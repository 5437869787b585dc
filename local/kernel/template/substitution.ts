/** The little language of `Fn::Sub`: `${Name}`, `${Resource.Attribute}` and the literal `${!Text}`. */

/** A piece of a parsed `Fn::Sub` text: literal text or a variable's name. */
export type SubstitutionPart = { readonly literal: string } | { readonly variable: string };

const VARIABLE_NAME = /^[A-Za-z0-9_.:]+$/;

/** Splits a `Fn::Sub` text into its parts; the error text is CloudFormation's own. */
export function parseSubstitution(text: string): SubstitutionPart[] {
  const parts: SubstitutionPart[] = [];
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf('${', position);
    const end = start < 0 ? -1 : text.indexOf('}', start);
    if (end < 0) break;
    if (start > position) parts.push({ literal: text.slice(position, start) });
    const name = text.slice(start + 2, end);
    if (name.startsWith('!')) {
      parts.push({ literal: `\${${name.slice(1)}}` });
    } else if (VARIABLE_NAME.test(name)) {
      parts.push({ variable: name });
    } else {
      throw new Error('Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons');
    }
    position = end + 1;
  }
  if (position < text.length) parts.push({ literal: text.slice(position) });
  return parts;
}
