import { callerOf } from './callers';
import { CallSubject } from './fault-plan';
import { Call, Permission } from '../kernel/contracts';

/** Whether a rule is about a call, by what it needs permission for. */
export type CallMatcher = (call: Call, permissions: readonly Permission[]) => boolean;

/** Makes the matcher of a rule that is about calls. */
export function callMatcher({ service, operation, resource, caller }: CallSubject): CallMatcher {
  const isResource = resource === undefined ? undefined : textMatcher(resource);
  return (call, permissions) => (service === undefined || call.service === service)
    && (operation === undefined || call.operation === operation)
    && (caller === undefined || callerOf(call.principal) === caller)
    && (isResource === undefined || permissions.some(permission => isResource(permission.resource)));
}

/** Whether a text is one with `*` for anything: each part between is looked for behind the one before, which is never slower than both are long. */
export function textMatcher(pattern: string): (text: string) => boolean {
  const [first, ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return text => text === first;
  }
  return text => {
    if (!text.startsWith(first)) {
      return false;
    }
    let from = first.length;
    for (const part of rest) {
      const at = text.indexOf(part, from);
      if (at < 0) {
        return false;
      }
      from = at + part.length;
    }
    return text.length - last.length >= from && text.endsWith(last);
  };
}
