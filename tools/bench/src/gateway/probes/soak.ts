import { readRssMb } from '../../meters/cpu.ts'
import { installGateways } from '../dure.ts'
import type { Probe } from './probe.ts'

const PARTS = 10

/** Memory at full load: at most so much, and not growing. */
export const soak: Probe = {
  name: 'soak',
  what: 'full load for ten times --seconds (60 for the ten minutes of the goal)',
  async run({ surroundings, generator, options }) {
    const gateway = await (await installGateways(surroundings)).start('dure')
    try {
      const load = { url: gateway.url, path: '/v1/workflows', keys: surroundings.keys }
      const sizes: number[] = []
      for (let part = 1; part <= PARTS; part += 1) {
        await generator.run({ ...load, connections: options.connections, seconds: options.seconds })
        const rssMb = readRssMb(gateway.pids)
        sizes.push(rssMb)
        console.error(`soak ${part} of ${PARTS}: ${rssMb.toFixed(0)} MB`)
      }
      const half = PARTS / 2
      const growth = Math.max(...sizes.slice(half)) / Math.max(...sizes.slice(0, half))
      return [
        { name: 'memory, most', value: Math.max(...sizes), unit: 'MB', goal: { most: 250 } },
        { name: 'second half over first', value: growth * 100, unit: '%', goal: { most: 105 } },
      ]
    } finally {
      await gateway.stop()
    }
  },
}
