import { chain, end, type NodeSpec, read, start, write } from './parts.ts'
import type { Shape } from './shape.ts'

/** Its events are 6 MB: more than the buffers of all sockets on the way. */
const bulky: Shape = {
  name: 'bulky',
  share: 0,
  input: { blob: 'x'.repeat(100_000) },
  graph: () => {
    const parts = Array.from(
      { length: 60 },
      (_, index): NodeSpec => ({
        id: `part_${index}`,
        type: 'template',
        config: { text: `${index} {{ input.blob }}` },
      }),
    )
    return chain(start, ...parts, end)
  },
}

const probe: Shape = {
  name: 'probe',
  share: 0,
  graph: (world) => chain(start, write('only', world), end),
}

const poison: Shape = {
  name: 'poison',
  share: 0,
  graph: (world) => chain(start, read('poison', `${world}/poison`), end),
}

/** Those that are started on purpose only. */
export const specialShapes: readonly Shape[] = [probe, poison, bulky]
