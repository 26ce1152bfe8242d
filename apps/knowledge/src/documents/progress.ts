import { type Static, Type } from 'typebox'

/** What happens to a document until it is found, in this order; a sent text begins with `chunk`. */
const STAGES = ['fetch', 'parse', 'chunk', 'index', 'embed'] as const

export const Progress = Type.Object(
  {
    stage: Type.Enum(STAGES),
    done: Type.Optional(Type.Integer({ description: 'Passages that the stage is through with' })),
    total: Type.Optional(Type.Integer({ description: 'Passages that there are' })),
  },
  {
    $id: 'DocumentProgress',
    description: 'Absent: nobody is at it. `fetch` and `parse` do not know how much there is',
  },
)
export type Progress = Static<typeof Progress>

/** As it stands in the row of a document. */
export interface ProgressRow {
  readonly status: string
  readonly sizeBytes: number
  readonly stage: string | null
  readonly stageDone: number | null
  readonly stageTotal: number | null
}

export function progressOf(row: ProgressRow): Progress | undefined {
  const stage = STAGES.find((known) => known === row.stage)
  if (row.status === 'queued') return row.sizeBytes === 0 ? { stage: 'fetch' } : undefined
  if (row.status !== 'ingesting' || stage === undefined) return undefined
  if (row.stageTotal === null) return { stage }
  return { stage, done: row.stageDone ?? 0, total: row.stageTotal }
}
