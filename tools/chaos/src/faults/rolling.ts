import { get } from 'node:http'
import type { Fault, FaultContext } from './fault.ts'
import { restart } from './restart.ts'

const SERVICES = ['gateway', 'workflow', 'agent', 'analytics'] as const

/** Every process of a service, one after the other, while requests go on: none of them fails. */
const rolling: Fault = {
  id: 'F34',
  title: 'rolling restart under load',
  async inject(context) {
    const { system, random, failures, note, complain } = context
    const service = random.pick(SERVICES)
    note(service)
    const before = failures.length
    const load = startLoad(context)
    for (const instance of system.of(service)) await restart(instance, system)
    const failed = [...(await load.stop()), ...failures.slice(before).filter(isAnswered)]
    const what = [...new Set(failed)].join(', ')
    if (failed.length > 0) complain(`${failed.length} requests failed in the meantime: ${what}`)
  },
}

/**
 * A connection that is kept open may be closed at the very moment when it is used again: RFC 9112,
 * 9.3.1, leaves that to the client. What was answered with a failure is ours.
 */
function isAnswered(failure: string): boolean {
  return /: [45]\d\d /.test(failure)
}

/** Requests that each have a connection of their own: nothing excuses a failure of one. */
function startLoad({ system: { url, apiKey } }: FaultContext) {
  const failed: string[] = []
  let stopped = false
  const loop = async () => {
    while (!stopped) {
      const why = await ask(`${url}/v1/workflows?limit=1`, apiKey)
      if (why) failed.push(why)
    }
  }
  const loops = Promise.all([loop(), loop()])
  return {
    async stop() {
      stopped = true
      await loops
      return failed
    },
  }
}

/** @returns what went wrong; null when it was answered with 200 */
function ask(url: string, apiKey: string): Promise<string | null> {
  const headers = { authorization: `Bearer ${apiKey}` }
  return new Promise((resolve) => {
    const request = get(url, { agent: false, headers, timeout: 10_000 }, (response) => {
      response.resume()
      response.once('error', ({ message }) => resolve(`a new connection: ${message}`))
      response.once('end', () =>
        resolve(response.statusCode === 200 ? null : `a new connection: ${response.statusCode}`),
      )
    })
    request.once('error', ({ message }) => resolve(`a new connection: ${message}`))
    request.once('timeout', () => request.destroy(new Error('no answer within 10 s')))
  })
}

export const rollingFaults: readonly Fault[] = [rolling]
