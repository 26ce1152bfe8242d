/**
 * Whether a JSON value would be longer than `limit` as text. Stops as soon as that is sure, so that
 * a value that refers to one large text a thousand times costs no more than the limit. Counts
 * characters, not escapes: an estimate from below, by at most the overhead of escaping.
 */
export function isLargerThan(limit: number, value: unknown): boolean {
  let left = limit
  const open: unknown[] = [value]
  while (open.length > 0 && left >= 0) {
    const next = open.pop()
    if (typeof next === 'string') left -= Buffer.byteLength(next) + 2
    else if (Array.isArray(next)) {
      left -= next.length + 1
      if (left >= 0) for (const item of next) open.push(item)
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, child] of Object.entries(next)) {
        left -= key.length + 4
        open.push(child)
      }
    } else left -= 4
  }
  return left < 0
}
