import type { PaidKind, TaskUsage } from '@dure/contracts'
import type { Moderated } from '@dure/kernel'
import type { Payer } from '../models/model-call.ts'

export interface Moderation {
  /** Together they are one text, cut where a provider takes no more. */
  readonly texts: readonly string[]
  /** Stable name of the call: that of its reservation. */
  readonly callKey: string
  readonly payer: Payer
  readonly kind: PaidKind
  readonly priority: 'interactive' | 'background'
  readonly signal: AbortSignal
}

/** Says of texts what they are about that nobody should say. Of several, the worst of each category counts. */
export interface Moderator {
  /**
   * @throws ModerationNotConfiguredError `moderation.not-configured`
   * @throws UnavailableError `moderation.unavailable` when nobody answers in time; BudgetExceededError; `signal.reason`
   */
  moderate(of: Moderation): Promise<Moderated & { readonly usage: TaskUsage }>
}

/** In UTF-16 units: a provider looks at so much at once. */
const PIECE = 8000

/** Pieces that overlap a little, so that a sentence is not cut where it says what it says. */
export function piecesOf(texts: readonly string[]): string[] {
  const overlap = 200
  return texts.flatMap((text) => {
    const count = Math.ceil(Math.max(text.length - overlap, 1) / (PIECE - overlap))
    const at = (index: number) => index * (PIECE - overlap)
    return Array.from({ length: count }, (_, index) =>
      text.slice(at(index), at(index) + PIECE).toWellFormed(),
    ).filter((piece) => piece.trim() !== '')
  })
}

export function worstOf(all: readonly Moderated[]): Moderated {
  const scores: Record<string, number> = {}
  for (const [category, score] of all.flatMap((one) => Object.entries(one.scores))) {
    scores[category] = Math.max(scores[category] ?? 0, score)
  }
  return { scores, flagged: [...new Set(all.flatMap(({ flagged }) => flagged))].sort() }
}
