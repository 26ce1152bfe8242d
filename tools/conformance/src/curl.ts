import type { WireRequest } from './http/connection.ts'

const LONGEST = 4000

/**
 * A line for a shell that sends (almost) the same bytes; the key is left to `$KEY`. What no shell can
 * write is cut and said.
 */
export function curlLine(origin: string, { method, path, headers, body }: WireRequest): string {
  const parts = ['curl', '-i', '--path-as-is', '-X', method, quoted(origin + path)]
  for (const [name, value] of headers) {
    const shown = name === 'authorization' ? '"authorization: Bearer $KEY"' : undefined
    parts.push('-H', shown ?? quoted(`${name}: ${cut(value)}`))
  }
  if (!body) return parts.join(' ')
  const text = cut(body.toString('latin1'))
  return `printf ${escaped(text)} | ${parts.join(' ')} --data-binary @-`
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text
  return `${text.slice(0, 200)}…(${text.length} characters)`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** For `printf`: every byte that a terminal would not show is written as octal. */
function escaped(text: string): string {
  const safe = text
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
    .replaceAll(/[^\x20-\x7e…]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return quoted(safe)
}
