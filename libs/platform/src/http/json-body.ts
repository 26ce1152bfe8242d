import { InvalidInputError } from '@dure/kernel'
import { findJsonProblem } from './json-scan.ts'
import type { Service } from './service.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * JSON bodies as RFC 8259 and RFC 7493 want them: UTF-8, no key twice, no `__proto__`, and nothing in them
 * that would be changed or refused on its way to the database.
 */
export function acceptJsonBodies(app: Service): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      let body: string
      try {
        body = textOf(bytes)
      } catch (error) {
        done(error as InvalidInputError)
        return
      }
      void parse(request, body, done)
    },
  )
}

/** @throws InvalidInputError */
function textOf(bytes: Buffer): string {
  const text = decode(bytes)
  const problem = findJsonProblem(text)
  if (!problem) return text
  const { code, message, pointer } = problem
  throw new InvalidInputError(code, `The JSON of the body ${message}`, [{ pointer, message }])
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    const error = new InvalidInputError('request.malformed-json', 'The body is not UTF-8')
    error.cause = cause
    throw error
  }
}
