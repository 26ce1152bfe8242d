import type { Problem } from '@dure/contracts'
import { ConflictError } from '@dure/kernel'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'

/** Of a request that changes what somebody else may have changed meanwhile. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      maxLength: 1000,
      description: '`ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)',
    }),
  ),
})

export function etagOf({ revision }: { readonly revision: number }): string {
  return `"${revision}"`
}

/**
 * The revisions that `If-Match` allows: undefined for any, none for a header that names nothing of
 * ours. Weak tags do not count, as RFC 9110 §13.1.1 wants.
 */
export function expectedRevisions(headers: {
  readonly 'if-match'?: string | undefined
}): readonly number[] | undefined {
  const header = headers['if-match']?.trim()
  if (header === undefined || header === '*') return undefined
  return header
    .split(',')
    .map((tag) => /^"([1-9][0-9]{0,8})"$/.exec(tag.trim())?.[1])
    .filter((revision) => revision !== undefined)
    .map(Number)
}

/** A change that lost against another one is answered 412, which says that `If-Match` was the reason. */
export function answerLostUpdates(app: Parameters<FastifyPluginAsyncTypebox>[0]): void {
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof ConflictError) || !error.code.endsWith('.changed')) throw error
    const problem: Problem = {
      type: `https://dure.dev/problems/${error.code}`,
      title: 'Precondition failed',
      status: 412,
      detail: error.message,
      instance: request.url.split('?', 1)[0] ?? request.url,
      code: error.code,
      requestId: request.id,
    }
    return reply
      .code(412)
      .type('application/problem+json')
      .header('cache-control', 'no-store')
      .send(problem)
  })
}
