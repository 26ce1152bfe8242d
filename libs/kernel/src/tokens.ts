/**
 * More tokens than a model counts for nearly every text: two for three bytes of ASCII, which is what
 * random letters and digits take (English takes four bytes for one), and one for each byte of
 * anything else (a Korean syllable, three bytes, is one or two). No tokenizer is needed for it.
 */
export function atMostTokens(text: string): number {
  const bytes = Buffer.byteLength(text)
  // Of what is not ASCII, each unit of UTF-16 takes two or three bytes.
  const other = Math.min(bytes, Math.ceil((bytes - text.length) * 1.5))
  return Math.ceil(((bytes - other) * 2) / 3) + other
}
