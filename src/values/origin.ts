import { ValueNode } from './value-node';

/** Whether a value comes from the client's message or its handshake, which are gone when there is an answer. */
export function isOfMessage(node: ValueNode): boolean {
  return (node.kind === 'field' && node.document === 'message') || node.kind === 'message text' || node.kind === 'parameter';
}

/** Whether a value comes from the service's answer, which is not there yet when the service is called. */
export function isOfAnswer(node: ValueNode): boolean {
  return (node.kind === 'field' && node.document !== 'message') || node.kind === 'each' || node.kind === 'trusted json';
}

/** Whether a value comes from an element of a list, and none was said. */
export function isOfElement(node: ValueNode): boolean {
  return node.kind === 'field' && node.document === 'element';
}
