import { InvalidInputError } from '@dure/kernel'
import type { Service } from './service.ts'

/** Deep enough for every honest document, far from what exhausts a stack. */
const MAX_DEPTH = 64

/** JSON bodies, checked for depth before they are parsed; `__proto__` and `constructor` are refused. */
export function acceptJsonBodies(app: Service): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => {
      if (isDeeperThan(MAX_DEPTH, body)) {
        done(
          new InvalidInputError('request.too-deep', `Nest at most ${MAX_DEPTH} levels`, [
            { pointer: '#', message: `is nested more than ${MAX_DEPTH} levels deep` },
          ]),
        )
        return
      }
      void parse(request, body, done)
    },
  )
}

/** One pass over the text, no recursion: brackets inside strings do not count. */
function isDeeperThan(limit: number, json: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const char = json[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') {
      if (++depth > limit) return true
    } else if (char === '}' || char === ']') depth--
  }
  return false
}
