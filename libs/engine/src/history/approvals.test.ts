import { expect, test } from 'vitest'
import { nodeAt } from '../run/state.ts'
import { approvalState } from './approvals.ts'
import { edge, end, start } from './testing/graphs.ts'
import { nameOf, type PlayedOut, playOut } from './testing/play-out.ts'

const graph = {
  nodes: [
    start,
    {
      id: 'ask',
      type: 'approval',
      config: { title: 'Pay?', payload: { amount: 1 }, quorum: 3, allowEdit: true },
    },
    end({}),
  ],
  edges: [edge('start', 'ask'), edge('ask', 'end', 'approved')],
}

function stateOf({ state, context }: Pick<PlayedOut, 'state' | 'context'>) {
  const node = nodeAt(state, 'ask')
  if (node?.request?.kind !== 'approval') throw new TypeError('not asked')
  const { request } = node
  const { runId } = context.run
  return approvalState({ runId, path: 'ask', request, node, sha256: nameOf })
}

test('the hash is the one that the engine asks for, also of what was edited', () => {
  const { context } = playOut(graph, { seed: 1 })
  const hashes: string[] = []
  const run = playOut(graph, {
    seed: 1,
    say(state, step) {
      if (step > 1) return []
      const { hash } = stateOf({ state, context })
      hashes.push(hash)
      const vote = { type: 'run.decide-approval', path: 'ask', decision: 'approve' } as const
      const edit = step === 0 ? { edit: { amount: 2 } } : {}
      return [{ ...vote, ...edit, hash, by: `usr_${step}`, as: [] }]
    },
  })
  const events = run.history.map(({ event }) => event)
  const asked = events.find(({ type }) => type === 'approval.requested')
  const decided = events.filter(({ type }) => type === 'approval.decided')
  expect(asked).toMatchObject({ hash: hashes[0] })
  expect(decided).toEqual([
    expect.objectContaining({ by: 'usr_0', hash: hashes[1] }),
    expect.objectContaining({ by: 'usr_1', hash: hashes[1] }),
  ])
  expect(hashes[0]).not.toBe(hashes[1])
})
