import { InvalidInputError } from '@dure/kernel'
import type { FastifyRequest } from 'fastify'
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

/**
 * Beside JSON, the lines of JSON that data sets are kept in: the body is the list of what stands in them.
 *
 * @param maxLines with more of them, a body is refused before they are read
 */
export function acceptJsonLines(
  app: Pick<Service, 'addContentTypeParser' | 'getDefaultJsonParser'>,
  { maxLines }: { readonly maxLines: number },
): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<Buffer>(
    ['application/x-ndjson', 'application/jsonl'],
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      const lines = decode(bytes)
        .split('\n', maxLines + 1)
        .filter((line) => line.trim() !== '')
      if (lines.length > maxLines) {
        const message = `The body has more than ${maxLines} lines: send the rest in another request`
        throw new InvalidInputError('request.too-many-lines', message)
      }
      return Promise.all(
        lines.map(
          (line, index) =>
            new Promise((resolve, reject) => {
              checkText(line, `#/${index}`)
              const done = (error: Error | null, value: unknown) =>
                error ? reject(malformedLine(index)) : resolve(value)
              void parse(request, line, done)
            }),
        ),
      )
    },
  )
}

function malformedLine(index: number): InvalidInputError {
  return new InvalidInputError('request.malformed-json', 'Each line of the body has to be JSON', [
    { pointer: `#/${index}`, message: 'is not JSON' },
  ])
}

/** @throws InvalidInputError */
function textOf(bytes: Buffer): string {
  const text = decode(bytes)
  checkText(text, '#')
  return text
}

/** @param base where in the body the text stands */
function checkText(text: string, base: string): void {
  const problem = findJsonProblem(text)
  if (!problem) return
  const { code, message } = problem
  const pointer = base + problem.pointer.slice(1)
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
