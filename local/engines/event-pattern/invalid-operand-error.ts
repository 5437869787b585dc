/** An operand that reads well but makes no sense; EventBridge names no place for it. */
export class InvalidOperandError extends Error {}
