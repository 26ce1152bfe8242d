/**
 * A text that PostgreSQL and JSON can hold, and that is the same however a system has spelled it:
 * well-formed, composed (NFC), with `\n` as its only line break and without control characters.
 */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
      .replace(/[\u0000-\u0008\u000e-\u001f\u007f\u00ad\ufeff]/g, '')
  )
}

/** The same as one line, for what has no lines of its own: titles and cells of tables. */
export function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}
