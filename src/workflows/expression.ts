/** A JSONata expression of several lines, as a state holds it: on one line, between the marks of Step Functions. */
export function expression(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return `{% ${String.raw({ raw: strings }, ...values).replace(/\s*\n\s*/g, ' ').trim()} %}`;
}
