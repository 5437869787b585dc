/** The percent-encoding of Signature Version 4: everything but the unreserved characters of RFC 3986, in upper case. */

const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;

/** Encodes a text. */
export function encodeUri(text: string): string {
  if (UNRESERVED.test(text)) return text;
  // The detour over bytes replaces halves of surrogate pairs, which encodeURIComponent would throw at.
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8')).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Brings a text that is encoded in some way into the one encoding; works on escapes, so that bytes that are not UTF-8 survive. */
export function normalizeEncoding(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return text.replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~%]+|%/g, piece => {
    if (piece.length !== 3 || !piece.startsWith('%')) return encodeUri(piece);
    const character = String.fromCharCode(parseInt(piece.slice(1), 16));
    return UNRESERVED.test(character) ? character : piece.toUpperCase();
  });
}
