import type { SearchHit } from '@dure/contracts'
import { expect } from 'vitest'
import { ASKERS, ASKS, isFor, type Metadata } from './askers.ts'
import { type Span, type Timeline, ticksOf } from './history.ts'

/** All that was so of a document, and when. */
export interface Story {
  id: string
  /** Undefined: it cannot be found. */
  readonly text: Timeline<string | undefined>
  readonly access: Timeline<readonly string[]>
  readonly metadata: Timeline<Metadata>
}

/** Of a search that somebody has made. */
export interface Answer extends Span {
  /** Which of `ASKERS`. */
  readonly asker: number
  /** Which of `FILTERS`. */
  readonly filter: number
  readonly query: string
  readonly mode: string
  readonly hits: readonly SearchHit[]
}

interface Seen {
  readonly stories: readonly Story[]
  readonly answers: readonly Answer[]
}

/** What may be shown was so at some moment of the search; what was so at all of them is shown. */
export function judge({ stories, answers }: Seen): void {
  const byId = new Map<string, Story>(stories.map((story) => [story.id, story]))
  for (const answer of answers) {
    const { hits, query, asker, filter } = answer
    const ticks = ticksOf(answer)
    const mayFind = (names: readonly string[]) =>
      isFor(ASKERS[asker] as (typeof ASKERS)[number], names)
    const asks = (said: Metadata) => ASKS[filter]?.(said) === true
    for (const { documentId, documentName, text } of hits) {
      if (documentName === 'filler.txt') continue
      const story = byId.get(documentId)
      expect(story, `${documentName} is of this base`).toBeDefined()
      const isRight = (tick: number) =>
        story?.text.possibleAt(tick).includes(text) &&
        story.access.possibleAt(tick).some(mayFind) &&
        story.metadata.possibleAt(tick).some(asks)
      expect(ticks.some(isRight), `${text} may be shown: ${JSON.stringify(answer)}`).toBe(true)
    }
    const shown = new Set<string>(hits.map(({ documentId }) => documentId))
    for (const story of stories) {
      const isWanted = (tick: number) =>
        story.text.possibleAt(tick).every((text) => text?.startsWith(query)) &&
        new Set(story.text.possibleAt(tick)).size === 1 &&
        story.access.possibleAt(tick).every(mayFind) &&
        story.metadata.possibleAt(tick).every(asks)
      if (!ticks.every(isWanted)) continue
      const [text] = story.text.possibleAt(answer.begun)
      expect(shown.has(story.id), `${text} is shown: ${JSON.stringify(answer)}`).toBe(true)
    }
  }
}
