import { randomBytes } from 'node:crypto'
import { generateApiKey } from '@dure/dev'
import { createPoliteConnection } from '../http/polite.ts'
import { checksumOf } from './a35-key-scan.ts'
import type { Attack } from './attack.ts'
import { timesDiffer } from './times.ts'

/** A secret that is wrong is refused as fast as a key that nobody has: whose ids are real is not told. */
export const keyTimes: Attack = async ({ world, alice }) => {
  const connection = createPoliteConnection(world.system.url)
  const ask = (key: string) => ({ path: '/v1/models', key })
  const differs = await timesDiffer(connection, {
    what: 'A forged secret of a real and of an unknown key',
    one: () => ask(forged(alice.key)),
    // Each of them another: what was refused is remembered.
    other: () => ask(generateApiKey()),
  })
  connection.close()
  return differs ? [differs] : []
}

/** With a good checksum, and a secret that nobody has. */
function forged(key: string): string {
  const secret = randomBytes(43).toString('hex').slice(0, 43)
  const unchecked = `${key.split('_').slice(0, 3).join('_')}_${secret}`
  return unchecked + checksumOf(unchecked)
}
