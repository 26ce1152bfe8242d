import type { NodePolicy } from '@dure/engine'
import { add, type Exit, type NodeParts, numberAt, type Place } from './draft.ts'
import { drawPolicy } from './policy.ts'

/** What a step leaves behind: the ways on, and the numbers that are known from now on. */
export interface Step {
  readonly exits: readonly Exit[]
  readonly numbers: readonly string[]
}

type Maker = (place: Place) => {
  readonly type: string
  readonly parts: Partial<NodeParts>
  readonly ports?: readonly string[]
  /** Of its data, where that holds a number. */
  readonly number?: string
}

export const EVENT_NAMES = ['paid', 'shipped', 'closed'] as const

const MAKERS: readonly Maker[] = [
  (place) => ({
    type: 'template',
    parts: { config: { text: `number {{ ${numberAt(place)} }}` } },
    number: 'size(DATA.text)',
  }),
  // A pure node that is declared to have an effect is a commit point of its own.
  (place) => ({
    type: 'template',
    parts: {
      config: { text: `{{ ${numberAt(place)} }} and {{ ${numberAt(place)} }}` },
      policy: { effect: place.random.pick(['read', 'write']) },
    },
    number: 'size(DATA.text)',
  }),
  (place) => ({
    type: 'transform',
    parts: { config: { fields: { number: `${numberAt(place)} + ${numberAt(place)}` } } },
    number: 'DATA.number',
  }),
  (place) => ({
    type: 'set_variable',
    parts: {
      config: place.random.pick([
        { name: 'count', op: 'inc', value: `{{ ${numberAt(place)} }}` },
        { name: 'list', op: 'append', value: { at: `{{ ${numberAt(place)} }}` } },
        { name: 'text', value: `{{ ${numberAt(place)} }}` },
      ]),
    },
  }),
  (place) => ({
    type: 'echo',
    parts: {
      config: { data: { number: `{{ ${numberAt(place)} }}` } },
      policy: drawPolicy(place.random, false),
    },
    number: 'DATA.number',
  }),
  (place) => ({
    type: 'http',
    parts: {
      config: { method: 'GET', url: `https://outside.test/{{ ${numberAt(place)} }}` },
      policy: drawPolicy(place.random, false),
    },
    number: 'DATA.number',
  }),
  (place) => ({
    type: 'http',
    parts: {
      config: {
        method: place.random.pick(['POST', 'PUT', 'DELETE']),
        url: 'https://outside.test/orders',
        body: { amount: `{{ ${numberAt(place)} }}` },
        idempotent: place.random.chance(0.4),
      },
      policy: drawPolicy(place.random, true),
    },
    number: 'DATA.number',
  }),
  (place) => ({
    type: 'emit_event',
    parts: {
      config: { name: place.random.pick(EVENT_NAMES), payload: { n: `{{ ${numberAt(place)} }}` } },
      policy: withoutVerify(drawPolicy(place.random, true)),
    },
  }),
  ({ random }) => ({ type: 'delay', parts: { config: { ms: random.int(0, 90_000) } } }),
  ({ random }) => ({
    type: 'wait_event',
    parts: {
      config: {
        name: random.pick(EVENT_NAMES),
        ...(random.chance(0.5) && { timeoutMs: random.int(100, 200_000) }),
      },
    },
    ports: ['out', 'timeout'],
  }),
  (place) => ({
    type: 'approval',
    parts: { config: approvalOf(place) },
    ports: ['approved', 'rejected', 'expired'],
  }),
]

/** One node that is no more than that. */
export function addStep(place: Place, after: readonly Exit[]): Step {
  const { callable, random } = place
  if (callable.length > 0 && random.chance(0.15)) return addCall(place, after)
  const { type, parts, ports = ['out'], number } = random.pick(MAKERS)(place)
  const id = add(place, type, parts, after)
  return {
    exits: ports.map((port) => ({ from: id, port })),
    numbers: number ? [number.replace('DATA', `nodes.${id}.data`)] : [],
  }
}

function addCall(place: Place, after: readonly Exit[]): Step {
  const { random, callable } = place
  const config = {
    workflowId: random.pick(callable),
    input: { n: `{{ ${numberAt(place)} }}`, items: [1, 2] },
    wait: random.chance(0.8),
    propagateCancel: random.chance(0.7),
  }
  const policy: NodePolicy = random.chance(0.5) ? { onError: 'default', default: null } : {}
  const id = add(place, 'subworkflow', { config, policy }, after)
  return { exits: [{ from: id, port: 'out' }], numbers: [] }
}

/** Only what was sent over HTTP can be asked for. */
function withoutVerify({ verify, onUnknownOutcome, ...policy }: NodePolicy): NodePolicy {
  if (onUnknownOutcome === undefined || onUnknownOutcome === 'verify') return policy
  return { ...policy, onUnknownOutcome }
}

function approvalOf(place: Place) {
  const { random } = place
  return {
    title: 'Go on?',
    payload: { amount: `{{ ${numberAt(place)} }}` },
    assignees: random.chance(0.5) ? [{ role: 'managers' }] : [],
    quorum: random.int(1, 2),
    ...(random.chance(0.5) && { deadlineMs: random.int(1000, 300_000) }),
    onExpire: random.pick(['expired', 'approve', 'reject']),
    escalate: random.chance(0.3)
      ? [{ afterMs: random.int(100, 90_000), to: [{ role: 'chiefs' }] }]
      : [],
    allowEdit: random.chance(0.3),
  }
}
