import type { SearchHit } from '@dure/contracts'
import type { Judgements } from '@dure/retrieval'
import type { Label } from './evaluation.ts'

/** Hits and labels in the terms of the measures. */
export interface Judged {
  readonly ranked: readonly string[]
  readonly judgements: Judgements
}

/**
 * A label is found by the first hit that has what it names. A hit that only has what was found before counts neither for
 * nor against: a second passage of the right document is no wrong answer.
 */
export function judge(hits: readonly SearchHit[], labels: readonly Label[]): Judged {
  const found = new Set<string>()
  const ranked = hits.flatMap((hit) => {
    const has = labels.flatMap((label, at) => (matches(hit, label) ? [`label-${at}`] : []))
    if (has.length === 0) return [hit.chunkId]
    const fresh = has.filter((id) => !found.has(id))
    for (const id of fresh) found.add(id)
    return fresh
  })
  return {
    ranked,
    judgements: new Map(labels.map(({ grade = 1 }, at) => [`label-${at}`, grade])),
  }
}

function matches(hit: SearchHit, label: Label): boolean {
  if ('chunkId' in label) return label.chunkId === hit.chunkId
  if ('documentId' in label) return label.documentId === hit.documentId
  return plain(hit.text).includes(plain(label.text))
}

/** As somebody compares texts who has copied one from a page: whatever its spaces and its form in Unicode. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '')
}
