/** An element of XML around what is XML already. */
export function element(name: string, inner: string, attributes: string = ''): string {
  return `<${name}${attributes}>${inner}</${name}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#xD;' };

/** A text in XML. XML has no way to write most control characters: they become the mark for what cannot be shown. */
export function xmlText(value: string): string {
  // eslint-disable-next-line no-control-regex
  return value.replace(/[&<>"'\r]/g, character => ENTITIES[character]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
