import { nodeAt, type RunState } from '../../run/state.ts'
import { ask, voteIn } from './approval.ts'
import { branching, edge, end, isOdd, items, joining, mapping, nesting, start } from './graphs.ts'
import { fails, flaky, playOut, succeeds, type World } from './play-out.ts'

/** A run that is recorded once, for all builds that follow. */
export interface Scenario {
  readonly graph: unknown
  readonly world: World
  readonly input?: unknown
}

const inARow = (...nodes: { readonly id: string }[]) => {
  const all = [start, ...nodes]
  return {
    nodes: all,
    edges: all.slice(1).map((node, index) => edge(all[index]?.id ?? '', node.id)),
  }
}
const rejected = (code: string) => fails(code, { class: 'rejected' })

const asking = {
  nodes: [start, ask, end({ ask: '{{ nodes.ask.data }}' })],
  edges: [
    edge('start', 'ask'),
    edge('ask', 'end', 'approved'),
    edge('ask', 'end', 'rejected'),
    edge('ask', 'end', 'expired'),
  ],
}

const played = playOut(asking, { seed: 1 })
const vote = (state: RunState, by: string, more: object = {}) => voteIn(played, state, by, more)

const waiting = inARow(
  { id: 'paid', type: 'wait_event', config: { name: 'paid', timeoutMs: 500_000 } } as never,
  { id: 'shipped', type: 'wait_event', config: { name: 'shipped' } } as never,
  { id: 'late', type: 'wait_event', config: { name: 'late', timeoutMs: 1000 } } as never,
)
const waited = end({ paid: '{{ nodes.paid.data }}', shipped: '{{ nodes.shipped.data }}' })

const writing = {
  ...inARow(
    {
      id: 'post',
      type: 'http',
      config: { method: 'POST', url: 'https://pay.example' },
      policy: { onUnknownOutcome: 'review' },
    } as never,
    end({ status: '{{ nodes.post.data.status }}' }),
  ),
}

const calling = inARow(
  {
    id: 'call',
    type: 'subworkflow',
    config: { workflowId: `wf_${'7'.repeat(32)}`, version: 2, input: { n: '{{ input.n }}' } },
  } as never,
  {
    id: 'answer',
    type: 'respond',
    config: { status: 201, body: '{{ nodes.call.data }}' },
  } as never,
  end({ called: '{{ nodes.call.data }}' }),
)

const days = (id: string, count: number) =>
  ({ id, type: 'delay', config: { ms: count * 86_400_000 } }) as never

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  sequence: { graph: branching, world: flaky(1) },
  'error-branch': { graph: branching, world: flaky(1, (path) => path === 'b') },
  'map-collects': { graph: mapping('collect'), world: flaky(3, isOdd), input: items },
  'map-fails': { graph: mapping('fail'), world: flaky(2, isOdd), input: items },
  loop: { graph: nesting, world: flaky(4, (path) => /again\[1\].*each\[1\]\/x/.test(path)) },
  race: { graph: joining({ mode: 'race' }), world: flaky(5) },
  approval: {
    graph: asking,
    world: {
      seed: 1,
      say(state, step) {
        const edit = { edit: { amount: 2 }, comment: 'less' }
        if (step === 0) return [{ type: 'run.pause', by: 'key_a' }, vote(state, 'usr_a', edit)]
        return [vote(state, 'usr_b'), { type: 'run.resume', by: 'key_a' }]
      },
    },
  },
  'approval-expires': { graph: asking, world: { seed: 1 } },
  'wait-event': {
    graph: {
      nodes: [...waiting.nodes, waited],
      edges: [...waiting.edges, edge('late', 'end'), edge('late', 'end', 'timeout')],
    },
    world: {
      seed: 1,
      say(_state, step) {
        if (step === 0) {
          return [{ type: 'run.signal', name: 'paid', payload: { sum: 9 }, by: 'key_a' }]
        }
        if (step > 1) return []
        return [{ type: 'run.deliver-event', path: 'shipped', payload: { by: 'callback' } }]
      },
    },
  },
  review: {
    graph: writing,
    world: {
      seed: 1,
      outcomeOf: () => fails('effect.outcome-unknown', { class: 'unknown-outcome' }),
      say: (state) =>
        nodeAt(state, 'post')?.status === 'review'
          ? [
              {
                ...{ type: 'run.resolve-effect', path: 'post', resolution: 'succeeded' },
                ...{ by: 'usr_a', note: 'seen at the bank', output: { status: 201 } },
              },
            ]
          : [],
    },
  },
  retried: {
    graph: mapping('fail'),
    input: items,
    world: (() => {
      let broken = true
      return {
        seed: 2,
        outcomeOf: (path) => (broken && isOdd(path) ? rejected('x.broken') : succeeds(path)),
        say(state) {
          if (state.phase !== 'failed' || !broken) return []
          broken = false
          return [{ type: 'run.retry', by: 'key_a' }]
        },
      } satisfies World
    })(),
  },
  subworkflow: { graph: calling, world: { seed: 1 }, input: { n: 3 } },
  cancelled: {
    graph: nesting,
    world: {
      seed: 1,
      say: (_, step) => (step === 4 ? [{ type: 'run.cancel', by: 'key_a', reason: 'enough' }] : []),
    },
  },
  'timed-out': {
    graph: inARow(days('one', 300), days('two', 300), end({})),
    world: { seed: 1 },
  },
}
