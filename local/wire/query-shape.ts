/**
 * How the query protocol writes what is more than a text: a list or a map has elements of names that only the service's model tells.
 */
export type QueryMember = JsonForm & (
  | { readonly kind: 'text' | 'integer' | 'boolean' }
  | { readonly kind: 'structure'; readonly members: QueryShape }
  /** `element` names each item, such as `Message`, or `Entries.member` when the list has an element of its own. */
  | { readonly kind: 'list'; readonly element: string; readonly members?: QueryShape }
  | { readonly kind: 'map'; readonly element: string; readonly key: string; readonly value: string; readonly members?: QueryShape }
);

/** What differs in an answer in JSON. */
interface JsonForm {
  readonly jsonName?: string;
  /** Shown as null when it is absent. */
  readonly nullInJson?: boolean;
}

/** The members of an input or output; those that it leaves out are texts. */
export type QueryShape = Readonly<Record<string, QueryMember>>;
