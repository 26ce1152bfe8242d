import type { Graph } from '@dure/engine'
import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'
import type { Draft } from './store.ts'

const FORMAT = 'dure.workflow'
/** To be raised when older files would be read wrongly; then the older ones have to be converted. */
const FORMAT_VERSION = 1

/** What a file says about itself; the rest depends on it. */
export const exportHeader = {
  format: Type.Literal(FORMAT),
  formatVersion: Type.Integer({ minimum: 1, examples: [FORMAT_VERSION] }),
}

interface ExportedWorkflow {
  readonly format: typeof FORMAT
  readonly formatVersion: number
  readonly name: string
  readonly description: string
  readonly graph: Graph
}

/** Without ids and dates: the same draft gives the same text, so it can be kept under version control. */
export function exportOf({ name, description, draft }: Draft): ExportedWorkflow {
  return { format: FORMAT, formatVersion: FORMAT_VERSION, name, description, graph: draft }
}

/** @throws InvalidInputError `workflow.unsupported-format` for a file of a later Dure */
export function draftOf({ formatVersion, name, description, graph }: ExportedWorkflow): Draft {
  if (formatVersion <= FORMAT_VERSION) return { name, description, draft: graph }
  throw new InvalidInputError(
    'workflow.unsupported-format',
    `This is an export of the format version ${formatVersion}: a Dure that knows up to ${FORMAT_VERSION} cannot read it, a newer one can`,
    [{ pointer: '#/formatVersion', message: `is later than ${FORMAT_VERSION}` }],
  )
}
