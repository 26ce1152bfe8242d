/** Several times what the longest answer of a model needs: streamed, a token takes 300 bytes; a vector of 4096 numbers, 90,000. */
const MAX_BYTES = 64_000_000

/**
 * `fetch` for the provider that the operator has chosen: it follows no redirect, which would take
 * the key along, and gives up an answer without an end before it fills the memory.
 */
export async function boundedFetch(
  input: Parameters<typeof fetch>[0],
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'error' })
  if (response.body === null) return response
  let bytes = 0
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength
        if (bytes <= MAX_BYTES) controller.enqueue(chunk)
        else controller.error(new RangeError(`The answer has more than ${MAX_BYTES} bytes`))
      },
    }),
  )
  const { status, statusText, headers } = response
  return new Response(counted, { status, statusText, headers })
}
