import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { readRssMb } from '../../meters/cpu.ts'
import { installGateways } from '../dure.ts'
import type { Probe } from './probe.ts'

const STREAMS = 2000
const SETTLE_MS = 3000

/** What an open event stream costs in memory, while nothing happens on it. */
export const streams: Probe = {
  name: 'streams',
  what: `${STREAMS} open event streams`,
  async run({ surroundings, generator }) {
    const gateway = await (await installGateways(surroundings)).start('dure')
    const agent = new Agent({ keepAlive: false })
    try {
      // Memory that any work at all needs must not be counted as that of streams.
      const load = { url: gateway.url, path: '/v1/workflows', keys: surroundings.keys }
      await generator.run({ ...load, connections: 32, seconds: 5 })
      await sleep(SETTLE_MS)
      const before = readRssMb(gateway.pids)
      const open: IncomingMessage[] = []
      for (let n = 0; n < STREAMS; n += 1) {
        const key = surroundings.keys[n % surroundings.keys.length] ?? ''
        open.push(await openStream(`${gateway.url}/v1/runs/run_${n}/events`, key, agent))
      }
      await sleep(SETTLE_MS)
      const after = readRssMb(gateway.pids)
      for (const stream of open) stream.destroy()
      return [
        {
          name: 'memory per stream',
          value: ((after - before) * 1024) / STREAMS,
          unit: 'KB',
          goal: { most: 60 },
        },
      ]
    } finally {
      agent.destroy()
      await gateway.stop()
    }
  },
}

function openStream(url: string, key: string, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers: { authorization: `Bearer ${key}` } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${url}: ${answer.statusCode}`))
      answer.on('error', () => {})
      answer.resume()
      resolve(answer)
    })
    asked.on('error', reject)
    asked.end()
  })
}
