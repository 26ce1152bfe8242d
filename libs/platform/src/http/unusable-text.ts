import { InvalidInputError } from '@dure/kernel'
import type { Service } from './service.ts'

/** A NUL in a path or a query: no text in PostgreSQL has one, so nothing can be found by it. */
export function refuseUnusableUrls(app: Service): void {
  app.addHook('onRequest', ({ url }, _reply, done) => {
    done(url.includes('%00') ? unusableText() : undefined)
  })
}

/**
 * What PostgreSQL says of text that it cannot store, wherever that came from; undefined for everything
 * else. SQLSTATE 22021: not of the encoding; 22P05: cannot be translated to it.
 */
export function asUnusableText(error: unknown): InvalidInputError | undefined {
  return isOfUnusableText(error, 3) ? unusableText(error) : undefined
}

/** Prisma wraps what the driver throws. */
function isOfUnusableText(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth === 0) return false
  const codes = ['code', 'originalCode'].map((name) => Reflect.get(error, name))
  if (codes.includes('22021') || codes.includes('22P05')) return true
  return isOfUnusableText(Reflect.get(error, 'cause'), depth - 1)
}

function unusableText(cause?: unknown): InvalidInputError {
  const error = new InvalidInputError(
    'request.unusable-text',
    'The request holds a NUL, or what is no text in UTF-8: leave it out',
  )
  error.cause = cause
  return error
}
