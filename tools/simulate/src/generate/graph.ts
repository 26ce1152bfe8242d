import type { WorkflowId } from '@dure/contracts'
import type { Graph } from '@dure/engine'
import type { Random } from '../random.ts'
import { addSequence } from './blocks.ts'
import { add, emptyDraft, numberAt, type Place } from './draft.ts'

interface GraphOptions {
  /** Nodes that it has at most, about. */
  readonly size: number
  /** Workflows that it may start. */
  readonly callable: readonly WorkflowId[]
}

/** A valid workflow of any shape; its input is `{ n: number, items: number[] }`. */
export function generateGraph(random: Random, { size, callable }: GraphOptions): Graph {
  const draft = emptyDraft()
  const place: Place = {
    ...{ random, draft, callable, depth: 0, inLoop: false },
    budget: { left: size, made: 0 },
    numbers: ['input.n', 'size(input.items)'],
  }
  const start = add(place, 'start', {}, [])
  const { exits, numbers } = addSequence(place, [{ from: start, port: 'out' }], size)
  const last = { ...place, numbers: [...place.numbers, ...numbers] }
  const outputs = { value: `{{ ${numberAt(last)} }}`, all: `{{ ${numberAt(last)} }}` }
  if (exits.length < 2 || random.chance(0.7)) add(last, 'end', { config: { outputs } }, exits)
  else {
    for (const exit of exits) {
      add(last, 'end', { config: { outputs: { [exit.from]: `{{ ${numberAt(last)} }}` } } }, [exit])
    }
  }
  return draft
}
