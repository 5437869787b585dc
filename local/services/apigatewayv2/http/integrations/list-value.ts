/** The texts of a list, which a parameter holds as JSON, or with commas between them. */
export function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) {
      return list.map(String);
    }
  } catch {
    // It is no JSON, and so it is the other.
  }
  return text.split(',').map(each => each.trim());
}
