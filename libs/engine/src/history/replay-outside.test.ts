import { describe, expect, test } from 'vitest'
import { nodeAt } from '../run/state.ts'
import { ask, voteIn } from './testing/approval.ts'
import { edge, end, isOdd, items, mapping, nesting, start } from './testing/graphs.ts'
import { fails, playOut, succeeds } from './testing/play-out.ts'
import { replayOf } from './testing/replay-of.ts'

describe('a replay of what people and others said', () => {
  const asking = {
    nodes: [
      start,
      ask,
      { id: 'wait', type: 'wait_event', config: { name: 'paid', timeoutMs: 500_000 } },
      end({ ask: '{{ nodes.ask.data }}', paid: '{{ nodes.?wait.data }}' }),
    ],
    edges: [
      edge('start', 'ask'),
      edge('ask', 'wait', 'approved'),
      edge('wait', 'end'),
      edge('wait', 'end', 'timeout'),
      edge('ask', 'end', 'rejected'),
    ],
  }
  const played = playOut(asking, { seed: 1 })

  test('decides by the votes, with what was edited, and takes the signal', () => {
    const run = playOut(asking, {
      seed: 1,
      say(state, step) {
        const signal = { type: 'run.signal', name: 'paid', payload: 'early', by: 'key_a' } as const
        const edit = { amount: 2 }
        if (step === 0) {
          return [
            signal,
            { type: 'run.pause', by: 'key_a' },
            voteIn(played, state, 'usr_a', { edit }),
          ]
        }
        return [voteIn(played, state, 'usr_b'), { type: 'run.resume', by: 'key_a' }]
      },
    })
    expect(run.state.output).toMatchObject({
      ask: { decision: 'approved', payload: { amount: 2 } },
      paid: 'early',
    })
    expect(replayOf(run)).toMatchObject({ identical: true, output: run.state.output })
  })

  test('escalates and expires when it did', () => {
    const run = playOut(asking, { seed: 1 })
    expect(run.history.map(({ event }) => event.type)).toContain('approval.escalated')
    expect(run.state.output).toMatchObject({ ask: { decision: 'rejected' } })
    expect(replayOf(run)).toMatchObject({ identical: true, output: run.state.output })
  })

  test('times out, or gets what was delivered', () => {
    for (const delivered of [true, false]) {
      const run = playOut(asking, {
        seed: 1,
        say: (state, step) =>
          step < 2
            ? [voteIn(played, state, `usr_${step}`)]
            : delivered && step === 2
              ? [{ type: 'run.deliver-event', path: 'wait', payload: { by: 'callback' } }]
              : [],
      })
      expect(run.state.phase).toBe('completed')
      expect(replayOf(run)).toMatchObject({ identical: true, output: run.state.output })
    }
  })
})

describe('a replay of writes', () => {
  const policy = (onUnknownOutcome: string) => ({
    onUnknownOutcome,
    retry: { maxAttempts: 2, baseMs: 10 },
    ...(onUnknownOutcome === 'verify' && {
      verify: { url: 'https://x.example/a', when: 'response.status == 200' },
    }),
  })
  const writing = (onUnknownOutcome: string) => ({
    nodes: [
      start,
      {
        id: 'post',
        type: 'http',
        config: { method: 'POST', url: 'https://x.example' },
        policy: policy(onUnknownOutcome),
      },
      end({ status: '{{ nodes.post.data.status }}' }),
    ],
    edges: [edge('start', 'post'), edge('post', 'end')],
  })
  const unknown = fails('effect.outcome-unknown', { class: 'unknown-outcome' })
  const ok = { status: 'succeeded', output: { status: 200 }, durationMs: 1 } as const
  const notYet = { status: 'succeeded', output: { status: 404 }, durationMs: 1 } as const

  test.each<[string, (typeof unknown)[]]>([
    ['retry', [unknown, ok]],
    ['verify', [unknown, ok]],
    ['verify', [unknown, notYet, ok]],
    ['verify', [unknown, fails()]],
    ['review', [unknown]],
    ['fail', [unknown]],
  ])('of an unknown outcome: %s', (onUnknownOutcome, outcomes) => {
    for (const resolution of ['succeeded', 'failed', 'retry'] as const) {
      const run = playOut(writing(onUnknownOutcome), {
        seed: 1,
        outcomeOf: (_, attempt) => outcomes[attempt - 1] ?? ok,
        say: (state) =>
          nodeAt(state, 'post')?.status === 'review'
            ? [
                {
                  type: 'run.resolve-effect',
                  path: 'post',
                  resolution,
                  by: 'key_a',
                  output: { status: 201 },
                },
              ]
            : [],
      })
      expect(['completed', 'failed']).toContain(run.state.phase)
      expect(replayOf(run)).toMatchObject({
        identical: true,
        status: run.state.phase,
        output: run.state.output,
      })
    }
  })
})

test('a replay follows a retry of the run and a cancellation', () => {
  let broken = true
  const retried = playOut(
    mapping('fail'),
    {
      seed: 2,
      outcomeOf: (path) =>
        broken && isOdd(path) ? fails('x.broken', { class: 'rejected' }) : succeeds(path),
      say(state) {
        if (state.phase !== 'failed' || !broken) return []
        broken = false
        return [{ type: 'run.retry', by: 'key_a' }]
      },
    },
    { input: items },
  )
  expect(retried.state.phase).toBe('completed')
  expect(replayOf(retried)).toMatchObject({ identical: true, status: 'completed' })

  const cancelled = playOut(nesting, {
    seed: 1,
    say: (_, step) => (step === 4 ? [{ type: 'run.cancel', by: 'key_a', reason: 'enough' }] : []),
  })
  expect(replayOf(cancelled)).toMatchObject({ identical: true, status: 'cancelled' })
})
