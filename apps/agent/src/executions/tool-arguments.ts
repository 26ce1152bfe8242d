import type { GuardedCall } from '../guardrails/tool-guard.ts'
import { MAX_ARGUMENTS } from '../tools/policy.ts'
import type { EventOf } from './execution.ts'

type Recorded = EventOf<'execution.model-answered'>['toolCalls'][number]

/** Of all calls of one answer together, as JSON. */
const MAX_OF_ANSWER = 262_144
/** So much is kept of what is refused, so that people and the model see which call it was. */
const SHOWN = 2000
/** No tool has so long a name. */
const MAX_NAME = 256

/** The calls of an answer as its event keeps them: what no tool would be given is cut, and says so. */
export function recordedCalls(calls: readonly GuardedCall[]): Recorded[] {
  let left = MAX_OF_ANSWER
  return calls.map(({ id, name, input, invalid, blocked }) => {
    const call = { id: id.slice(0, MAX_NAME), name: name.slice(0, MAX_NAME), input: input ?? null }
    if (blocked) return { ...call, blocked: [...blocked] }
    const written = invalid ?? textOf(call.input)
    if (written === undefined) return { ...call, input: null, invalid: TOO_DEEP }
    const { length: characters } = written
    if (characters > Math.min(MAX_ARGUMENTS, left)) {
      const start = written.slice(0, SHOWN).toWellFormed()
      return { ...call, input: null, tooLarge: { characters, start } }
    }
    left -= characters
    return { ...call, ...(invalid !== undefined && { invalid }) }
  })
}

const TOO_DEEP = '(they nest deeper than can be written)'

/** Undefined: it nests too deep. */
function textOf(input: unknown): string | undefined {
  try {
    return JSON.stringify(input)
  } catch {
    return undefined
  }
}
