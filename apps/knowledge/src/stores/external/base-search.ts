import { FIELDS, unitOf, type VectorHit } from '@dure/retrieval'
import type { BaseSearch, Wanted } from '../retrieval-store.ts'
import type { Engine, Look } from './engine.ts'
import { askedOf, searchAmong } from './score.ts'
import type { State } from './state.ts'
import { termKey } from './terms.ts'

/** The order of an engine is nearly ours: the best are among so many more. */
const EXCESS = 4
const LEAST = 100
/** What Milvus gives at the most. Beyond, an answer is shorter than it could be. */
const MOST = 16_000
/** Of so many documents at most, an engine is asked for these alone; else what it finds of others is left out. */
const MAX_IN_CONDITION = 500

/** One knowledge base in an engine. */
export function searchIn(engine: Engine, base: string, state: State): BaseSearch {
  const { statistics } = state
  const isLive = (row: Key) => state.versions.get(row.documentId) === row.version
  const enough = <Row extends Key>(wanted: Wanted, find: Find<Row>) =>
    findEnough(wanted, { documentIds: state.versions.keys(), isLive, find })

  return {
    get size() {
      return statistics.size
    },

    acceptedBy: state.facts.acceptedBy,

    holdersOfBigram: (bigram) => statistics.fields.bigram.holders.get(termKey(bigram)) ?? 0,

    async words(terms, wanted) {
      const known = askedOf(terms, statistics)
      if (FIELDS.every((name) => known[name].size === 0)) return searchAmong([], statistics)
      const rows = await enough(wanted, (look) => engine.byTerms(base, known, look))
      return searchAmong(rows, statistics)
    },

    async nearest(vector, wanted) {
      const unit = unitOf(vector)
      if (unit === undefined || wanted.limit < 1) return []
      const rows = await enough(wanted, (look) => engine.byVector(base, unit, look))
      return rows
        .map(
          ({ id, documentId, vector: of }): VectorHit => ({ id, documentId, score: dot(unit, of) }),
        )
        .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, wanted.limit)
    },

    async cosines(vector, ids) {
      const unit = unitOf(vector)
      if (unit === undefined || ids.length === 0) return new Map()
      const rows = await engine.vectorsOf(base, unit.length, ids)
      return new Map(rows.filter(isLive).map(({ id, vector: of }) => [id, dot(unit, of)]))
    },
  }
}

interface Key {
  readonly id: string
  readonly documentId: string
  readonly version: number
}

type Find<Row> = (look: Look) => Promise<readonly Row[]>

interface Search<Row> {
  readonly documentIds: Iterable<string>
  readonly isLive: (row: Row) => boolean
  readonly find: Find<Row>
}

/** Asks for more, until there are enough that may be shown, or no more. */
async function findEnough<Row extends Key>(
  { limit, accepts }: Wanted,
  { documentIds, isLive, find }: Search<Row>,
): Promise<Row[]> {
  if (limit < 1) return []
  const accepted = accepts && [...documentIds].filter(accepts)
  if (accepted?.length === 0) return []
  const condition = accepted && accepted.length <= MAX_IN_CONDITION ? { documentIds: accepted } : {}
  const wanted = Math.max(EXCESS * limit, LEAST)
  for (let asked = wanted; ; asked = Math.min(4 * asked, MOST)) {
    const found = await find({ ...condition, limit: asked })
    const unique = new Map(found.map((row) => [row.id, row]))
    const shown = [...unique.values()].filter(
      (row) => isLive(row) && accepts?.(row.documentId) !== false,
    )
    if (shown.length >= wanted || found.length < asked || asked >= MOST) return shown
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}
