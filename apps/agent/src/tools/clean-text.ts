/**
 * A text of somebody outside, as a model may read it in the description of a tool: short, and without
 * characters that a person who approves it would not see, such as tags and marks of direction.
 */
export function cleanText(text: string, maxCharacters: number): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, (character) => (/[\n\t]/.test(character) ? ' ' : ''))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxCharacters)
    .toWellFormed()
}
