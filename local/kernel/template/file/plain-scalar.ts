/**
 * What an unquoted scalar of a YAML template stands for. CloudFormation reads YAML 1.1, so that `yes` is a boolean and `0755` an octal number,
 * but knows no timestamps: the unquoted `2012-10-17` of a policy is text.
 */

const NULL = /^(?:|~|null|Null|NULL)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^([-+]?)(?:0b(?<binary>[01_]+)|0x(?<hexadecimal>[0-9a-fA-F_]+)|0(?<octal>[0-7_]+)|(?<decimal>0|[1-9][0-9_]*))$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?)$/;
/** Such as `1:30`, ninety: a number to the base of sixty. A leading zero makes it text. */
const SEXAGESIMAL = /^([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)$/;

const RADIXES = { binary: 2, hexadecimal: 16, octal: 8, decimal: 10 } as const;

/** The null, boolean, number or text that the scalar stands for. */
export function plainScalar(text: string): null | boolean | number | string {
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  const number = plainNumber(text);
  // Digits beyond what a number can hold are somebody's identifier.
  return number === undefined || (/^[1-9]\d*$/.test(text) && String(number) !== text) ? text : number;
}

function plainNumber(text: string): number | undefined {
  const integer = INTEGER.exec(text);
  if (integer) {
    const [kind, digits] = Object.entries(integer.groups!).find(([, group]) => group !== undefined)!;
    return signed(integer[1], parseInt(digits.replaceAll('_', ''), RADIXES[kind as keyof typeof RADIXES]));
  }
  const sexagesimal = SEXAGESIMAL.exec(text);
  if (sexagesimal) {
    return signed(sexagesimal[1], sexagesimal[2].replaceAll('_', '').split(':').reduce((total, digits) => total * 60 + Number(digits), 0));
  }
  return FLOAT.test(text) ? finite(Number(text.replaceAll('_', ''))) : undefined;
}

function signed(sign: string, value: number): number | undefined {
  if (Number.isNaN(value)) return undefined;
  return sign === '-' && value !== 0 ? -value : value;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
