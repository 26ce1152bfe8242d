/** What is longer is no header for readers, and would be repeated with every part of the table. */
const MAX_NAMES = 500
/** Longer lines are no delimiters: the pattern only ever sees short strings. */
const MAX_DELIMITERS = 2000

// Source: GitHub Flavored Markdown 0.29, section 4.10.
const DELIMITERS = /^ {0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*$/

/** Whether a line is the one that makes a header of the line above it: `| --- | :-: |`. */
export function isDelimiterRow(line: string): boolean {
  return line.length <= MAX_DELIMITERS && DELIMITERS.test(line)
}

/** The names in the header of a Markdown table, as `Plan | Price`; empty when it has none, or is no table. */
export function columnNames(table: string): string {
  const [header = '', delimiters = ''] = table.split(/\r?\n/, 2)
  if (!header.includes('|') || !isDelimiterRow(delimiters)) return ''
  return header
    .slice(0, 2 * MAX_NAMES)
    .split(/(?<!\\)\|/)
    .map((name) => name.replaceAll('\\|', '|').trim())
    .filter((name) => name !== '')
    .join(' | ')
    .slice(0, MAX_NAMES)
    .toWellFormed()
}
