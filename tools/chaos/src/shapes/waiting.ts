import { chain, end, pause, read, start, write } from './parts.ts'
import type { Shape } from './shape.ts'

const timers: Shape = {
  name: 'timers',
  share: 10,
  graph: (world) =>
    chain(start, pause('wait', 700), write('after', world), pause('again', 1500), end),
}

const parent: Shape = {
  name: 'parent',
  share: 6,
  graph: (_world, workflows) =>
    chain(
      start,
      {
        id: 'child',
        type: 'subworkflow',
        config: {
          workflowId: workflows.timers ?? '',
          input: { marker: 'child of {{ input.marker }}' },
        },
      },
      end,
    ),
}

const approved: Shape = {
  name: 'approved',
  share: 6,
  waitsFor: 'approval',
  graph: (world) => ({
    nodes: [
      start,
      {
        id: 'ask',
        type: 'approval',
        config: { title: 'May {{ input.marker }} go on?', payload: { amount: 1 } },
      },
      write('granted', world),
      end,
    ],
    edges: [
      { from: 'start', to: 'ask' },
      { from: 'ask', port: 'approved', to: 'granted' },
      { from: 'ask', port: 'rejected', to: 'end' },
      { from: 'ask', port: 'expired', to: 'end' },
      { from: 'granted', to: 'end' },
    ],
  }),
}

const signalled: Shape = {
  name: 'signalled',
  share: 6,
  waitsFor: 'signal',
  graph: (world) =>
    chain(
      start,
      { id: 'hear', type: 'wait_event', config: { name: 'go' } },
      write('gone', world),
      end,
    ),
}

/** It fails again and again, until somebody retries it often enough. */
const stubborn: Shape = {
  name: 'stubborn',
  share: 4,
  waitsFor: 'retry',
  graph: (world) =>
    chain(
      start,
      write('before', world),
      read('moody', world, { mode: 'flaky' }),
      write('after', world),
      end,
    ),
}

/** They wait for a moment, another run, or somebody. */
export const waitingShapes: readonly Shape[] = [timers, parent, approved, signalled, stubborn]
