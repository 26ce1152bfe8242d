import type { Answered } from '../../testing/harness.ts'

/** What an answer refuses a request with; of its errors the code, or else the pointer. */
export async function refusalOf(response: Promise<Answered>) {
  const answer = await response
  const { code, errors = [] } = await answer.json()
  const found = errors as readonly { readonly code?: string; readonly pointer: string }[]
  return { status: answer.status, code, errors: found.map((one) => one.code ?? one.pointer) }
}
