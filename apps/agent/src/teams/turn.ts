/** What came of asking one member once. Money is whole micro-US-dollars. */
export interface Turn {
  /** Names the asking for ever: asked for again, it is the same. */
  readonly key: string
  readonly member: string
  readonly status: 'succeeded' | 'failed'
  readonly text: string
  /** What it answered to a schema. */
  readonly object?: unknown
  readonly error?: { readonly code: string; readonly message: string }
  /** It has read what somebody outside may have written: what it says may be their wish. */
  readonly isUntrusted?: boolean
  readonly costMicroUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** So much of what was said is shown to a member: the newest, in UTF-16 units. */
const MAX_SHOWN = 48_000
/** So much of one turn. */
const MAX_OF_ONE = 8_000

/**
 * What was said so far, as text for a member. Words of others are data to whoever reads them: each is fenced, and
 * a fence cannot be closed from inside.
 */
export function transcriptOf(turns: readonly Turn[]): string {
  const said: string[] = []
  let room = MAX_SHOWN
  for (const turn of turns.toReversed()) {
    const words = shortened(turn.status === 'succeeded' ? turn.text : '(no answer)')
    const entry = `<turn member="${turn.member}">\n${words.replaceAll('</turn', '<\\/turn')}\n</turn>`
    if (entry.length > room) break
    room -= entry.length
    said.unshift(entry)
  }
  return said.join('\n')
}

function shortened(text: string): string {
  return text.length <= MAX_OF_ONE ? text : `${text.slice(0, MAX_OF_ONE)} […]`
}

export interface MemberCost {
  readonly member: string
  readonly turns: number
  readonly costMicroUsd: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** In the order in which they first spoke. */
export function costsOf(turns: readonly Turn[]): MemberCost[] {
  const costs = new Map<string, MemberCost>()
  for (const turn of turns) {
    const before = costs.get(turn.member)
    costs.set(turn.member, {
      member: turn.member,
      turns: (before?.turns ?? 0) + 1,
      costMicroUsd: (before?.costMicroUsd ?? 0) + turn.costMicroUsd,
      inputTokens: (before?.inputTokens ?? 0) + turn.inputTokens,
      outputTokens: (before?.outputTokens ?? 0) + turn.outputTokens,
    })
  }
  return [...costs.values()]
}
