import { Type } from 'typebox'

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The same request with the same key is done once',
    }),
  ),
})

export function keyOf({
  headers,
}: {
  readonly headers: { readonly 'idempotency-key'?: string }
}): string | undefined {
  return headers['idempotency-key']
}

/** A request without a body is one with an empty object: before it is validated. */
export async function bodyIsOptional(request: { body?: unknown }): Promise<void> {
  request.body ??= {}
}
