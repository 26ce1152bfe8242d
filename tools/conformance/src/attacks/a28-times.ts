import { randomBytes } from 'node:crypto'
import { referredBy } from '../fuzz/pool.ts'
import { createPoliteConnection } from '../http/polite.ts'
import type { Attack } from './attack.ts'
import { timesDiffer } from './times.ts'

/** Of each service, and of things that are found in different ways. */
const OPERATIONS = [
  'getWorkflow',
  'getRun',
  'getSchedule',
  'getAgent',
  'getThread',
  'getTool',
  'getKnowledgeBase',
  'getApiKey',
]

/** That something is there, and somebody else's, is told by nothing: not by how long the answer takes, either. */
export const foreignTimes: Attack = async ({ world, alice, mallory }) => {
  const connection = createPoliteConnection(world.system.url)
  const findings: string[] = []
  for (const operationId of OPERATIONS) {
    const operation = world.operations.find((one) => one.operationId === operationId)
    const [parameter] = operation?.parameters.filter((one) => one.in === 'path') ?? []
    const prefix = referredBy(parameter?.schema)
    const foreign = mallory.pool.all(`id:${prefix}`)
    if (operation === undefined || foreign.length === 0) {
      findings.push(`${operationId}: there is nothing foreign to ask for`)
      continue
    }
    const ask = (id: unknown) => ({
      path: operation.path.replace(/\{[^}]+\}/, String(id)),
      key: alice.key,
    })
    let asked = 0
    const differs = await timesDiffer(connection, {
      what: `${operationId}, of another and missing`,
      one: () => ask(foreign[asked++ % foreign.length]),
      other: () => ask(`${prefix}_${randomBytes(16).toString('hex')}`),
    })
    if (differs) findings.push(differs)
  }
  connection.close()
  return findings
}
