/** Says that JSONata itself must evaluate the expression. */
export const TOO_COMPLEX = Symbol('too complex');
