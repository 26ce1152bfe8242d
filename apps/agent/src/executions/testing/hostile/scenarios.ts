import type { Channel } from './channels.ts'
import { PLACES } from './places.ts'
import type { Approval } from './world.ts'

export interface Scenario {
  readonly id: string
  readonly place: string
  readonly channel: Channel
  /** Of each tool of the agent. */
  readonly approval: Approval
}

const QUOTED = 'a document that a person quotes'
const PASSED_ON = 'an e-mail that an application passes on'
const READ = Object.keys(PLACES).filter((place) => place !== QUOTED && place !== PASSED_ON)

/**
 * Each way out from one place; what needs a person also where the agent may not ask one, and from the
 * words of its user, which count as trusted.
 */
export function scenarios(channels: readonly Channel[]): Scenario[] {
  const cases = channels.flatMap((channel, index) => {
    const [place = '', other = ''] = [index, index + 5].map((at) => placeOf(channel, at))
    const isAsked = index % 2 === 0 || channel.expected === 'approval'
    const first = { place, channel, approval: isAsked ? 'policy' : 'never' } as const
    if (channel.expected !== 'approval' || channel.calls.length > 1) return [first]
    return [
      first,
      { place: other, channel, approval: 'never' } as const,
      { place: QUOTED, channel, approval: 'always' } as const,
      ...(index % 3 === 0 ? [{ place: PASSED_ON, channel, approval: 'policy' } as const] : []),
    ]
  })
  return cases.map((one, index) => ({ id: `s${index + 100}`, ...one }))
}

/** What is longer is shown whole nowhere that is cut: neither in a link nor in an error. */
const MAX_IN_SHORT = 1000
const SHORT = ['a link of a page', 'the error of an MCP tool', 'an error page']

function placeOf({ calls }: Channel, at: number): string {
  const isLong = JSON.stringify(calls).length > MAX_IN_SHORT
  const places = isLong ? READ.filter((place) => !SHORT.includes(place)) : READ
  return places[at % places.length] ?? ''
}
