import { chain, echo, end, type NodeSpec, read, say, sayDurably, start, write } from './parts.ts'
import type { Shape } from './shape.ts'

/** Of a world that drops every third connection: it gets through in the end. */
const PATIENT = {
  retry: {
    maxAttempts: 20,
    backoff: 'fixed',
    baseMs: 100,
    maxMs: 100,
    jitter: true,
    on: ['timeout', 'unavailable', 'rate-limited', 'interrupted', 'internal'],
  },
}

const sequence: Shape = {
  name: 'sequence',
  share: 20,
  graph: (world) =>
    chain(
      start,
      write('first', world),
      say('note'),
      write('second', world, { idempotent: true }),
      read('look', world),
      write('third', world, { mode: 'slow' }),
      end,
    ),
}

/** 20 at the same time, and all of them before it goes on. */
const fan: Shape = {
  name: 'fan',
  share: 8,
  graph(world) {
    const branches = Array.from({ length: 20 }, (_, index) =>
      write(`branch_${index}`, world, { idempotent: index % 2 === 0 }),
    )
    const fork: NodeSpec = { id: 'fork', type: 'parallel' }
    const joined: NodeSpec = { id: 'joined', type: 'join', config: { mode: 'all' } }
    const edges = branches.flatMap(({ id }) => [
      { from: 'fork', to: id },
      { from: id, to: 'joined' },
    ])
    return {
      nodes: [start, fork, ...branches, joined, end],
      edges: [{ from: 'start', to: 'fork' }, ...edges, { from: 'joined', to: 'end' }],
    }
  },
}

const map: Shape = {
  name: 'map',
  share: 12,
  input: { items: [0, 1, 2, 3, 4, 5, 6, 7] },
  graph: (world) =>
    chain(
      start,
      {
        id: 'each',
        type: 'map',
        config: { items: 'input.items', concurrency: 3 },
        body: chain(write('item', world), say('label'), echo('there')),
      },
      end,
    ),
}

const retries: Shape = {
  name: 'retries',
  share: 10,
  graph: (world) =>
    chain(
      start,
      write('stubborn', world, { mode: 'flaky', idempotent: true, policy: PATIENT }),
      read('curious', world, { mode: 'flaky', policy: PATIENT }),
      write('last', world),
      end,
    ),
}

const durable: Shape = {
  name: 'durable',
  share: 15,
  graph: (world) =>
    chain(
      start,
      ...Array.from({ length: 4 }, (_, index) => sayDurably(`step_${index}`)),
      echo('ping'),
      write('effect', world),
      ...Array.from({ length: 4 }, (_, index) => sayDurably(`then_${index}`)),
      end,
    ),
}

/** The answer to a write may never come: then somebody has to look what became of it. */
const doubtful: Shape = {
  name: 'doubtful',
  share: 5,
  graph: (world) =>
    chain(
      start,
      write('unsure', world, { mode: 'hang', policy: { timeoutMs: 1500 } }),
      write('after', world),
      end,
    ),
}

const choice: Shape = {
  name: 'choice',
  share: 6,
  graph: (world) => ({
    nodes: [
      start,
      { id: 'even', type: 'condition', config: { when: 'size(input.marker) % 2 == 0' } },
      write('left', world),
      write('right', world),
      end,
    ],
    edges: [
      { from: 'start', to: 'even' },
      { from: 'even', port: 'true', to: 'left' },
      { from: 'even', port: 'false', to: 'right' },
      { from: 'left', to: 'end' },
      { from: 'right', to: 'end' },
    ],
  }),
}

const caught: Shape = {
  name: 'caught',
  share: 5,
  graph: (world) => ({
    nodes: [
      start,
      {
        id: 'attempt',
        type: 'try',
        body: chain(write('inside', world), {
          id: 'broken',
          type: 'http',
          config: { method: 'GET', url: 'http://127.0.0.1:1/refused' },
        }),
        finally: chain(write('tidy', world)),
      },
      write('mended', world),
      end,
    ],
    edges: [
      { from: 'attempt', port: 'caught', to: 'mended' },
      { from: 'attempt', port: 'ok', to: 'end' },
      { from: 'start', to: 'attempt' },
      { from: 'mended', to: 'end' },
    ],
  }),
}

/** They do something to the world, and wait only for its answers. */
export const workingShapes: readonly Shape[] = [
  sequence,
  fan,
  map,
  retries,
  durable,
  doubtful,
  choice,
  caught,
]
