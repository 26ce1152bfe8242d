export interface Cited {
  readonly text: string
  /** In the order in which they first stand in the text. */
  readonly ids: readonly string[]
  /** How many were taken out, because nothing with this id was found. */
  readonly dropped: number
}

const CITATION = /\s*\[\s*((?:wf|run)_[0-9a-zA-Z]{1,64})\s*\]/g

/** A model's text, with citations only of what was found for it. */
export function checkCitations(text: string, found: ReadonlySet<string>): Cited {
  const ids = new Set<string>()
  let dropped = 0
  const checked = text.replace(CITATION, (whole, id: string) => {
    if (!found.has(id)) {
      dropped += 1
      return ''
    }
    ids.add(id)
    return whole
  })
  return { text: checked, ids: [...ids], dropped }
}
