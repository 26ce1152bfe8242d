import type { TObject, TSchema } from 'typebox'
import { exampleOf } from './openapi-example.ts'
import { asObject, type JsonObject } from './openapi-json.ts'
import { keepNames } from './openapi-route.ts'

/** A request that the service sends to whoever wants to be told. */
export interface WebhookDescription {
  readonly operationId: string
  readonly summary: string
  readonly tag: string
  readonly headers: TObject
  readonly body: TSchema
  /** What the receiver answers, by status: in words, and what follows from it. */
  readonly responses: Readonly<Record<string, string>>
}

/** OpenAPI 3.1, Path Item Object of a webhook. */
export function describeWebhook(webhook: WebhookDescription): JsonObject {
  const { operationId, summary, tag, headers, body, responses } = webhook
  const parameters = Object.entries(headers.properties).map(([name, schema]) => {
    const { description = '', ...rest } = asObject(keepNames(schema)) ?? {}
    const required = (headers.required ?? []).includes(name)
    return { in: 'header', name, required, description, schema: rest }
  })
  const schema = keepNames(body)
  const example = exampleOf(asObject(schema) ?? {}, 'received')
  const media = { schema, ...(example !== undefined && { example }) }
  return {
    post: {
      ...{ operationId, summary, tags: [tag], parameters },
      // Whoever is told knows us by the signature.
      security: [],
      requestBody: { required: true, content: { 'application/json': media } },
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, description]) => [status, { description }]),
      ),
    },
  }
}
