/**
 * JSONata, for the Assign of a Map: `$failures` and those of its iterations whose output has an `error`. Nearly always none has: `$lookup` says so at once, where a
 * predicate would be evaluated for each of them.
 */
export const COLLECT_FAILURES = "{% $exists($lookup($states.result, 'error')) ? [$failures, $states.result[error]] : $failures %}";
