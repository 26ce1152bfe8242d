import type { Moderated } from '@dure/kernel'
import { boundedFetch } from '@dure/platform'
import { APICallError } from 'ai'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

/** https://platform.openai.com/docs/api-reference/moderations: other providers have taken it over. */
const Answer = Type.Object({
  results: Type.Array(
    Type.Object({
      categories: Type.Record(Type.String(), Type.Boolean()),
      category_scores: Type.Record(Type.String(), Type.Number()),
    }),
  ),
})

export interface ModerationEndpoint {
  /** Up to `/v1`. */
  readonly baseUrl: string
  readonly apiKey?: string | undefined
  readonly model: string
}

/** @throws APICallError for whatever is no whole answer; `signal.reason` */
export async function askOpenAi(
  { baseUrl, apiKey, model }: ModerationEndpoint,
  input: readonly string[],
  signal: AbortSignal,
): Promise<Moderated[]> {
  const url = `${baseUrl.replace(/\/$/, '')}/moderations`
  const request = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey && { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({ model, input }),
    signal,
  }
  const response = await boundedFetch(url, request).catch((cause: unknown) => {
    signal.throwIfAborted()
    throw failed(url, { message: 'no answer', cause })
  })
  const { status, headers } = response
  const text = await response.text()
  const about = { statusCode: status, responseHeaders: Object.fromEntries(headers) }
  if (!response.ok) throw failed(url, { message: `status ${status}`, ...about })
  const results = resultsIn(text)
  if (results?.length !== input.length) throw failed(url, { message: 'no such answer', ...about })
  return results.map(({ categories, category_scores: scores }) => ({
    scores,
    flagged: Object.keys(categories).filter((category) => categories[category]),
  }))
}

function resultsIn(text: string) {
  try {
    const answer: unknown = JSON.parse(text)
    return Value.Check(Answer, answer) ? answer.results : undefined
  } catch {
    return undefined
  }
}

/** The kind of error that the AI SDK has for it: what its status means is known at one place. */
function failed(
  url: string,
  about: Pick<
    ConstructorParameters<typeof APICallError>[0],
    'message' | 'cause' | 'statusCode' | 'responseHeaders'
  >,
): APICallError {
  return new APICallError({ url, requestBodyValues: {}, ...about })
}
