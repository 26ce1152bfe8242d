import { anyOf, type Fault, type FaultContext } from './fault.ts'

const restarted: Fault = {
  id: 'F13',
  title: 'PostgreSQL restarted',
  async inject({ system, random, note }) {
    const how = random.pick(['stop', 'SIGKILL'] as const)
    note(how)
    await system.postgres.end(how)
    await system.postgres.start()
  },
}

/** Within how long a caller has to be told that it does not work now; faults.md says 1 s. */
const REFUSED_WITHIN_MS = 2500

const down: Fault = {
  id: 'F14',
  title: 'PostgreSQL down',
  async inject(context) {
    const { system, random, last, note } = context
    if (random.chance(0.3)) {
      note('unreachable')
      const { postgres } = anyOf(context, 'workflow', 'agent', 'analytics')
      postgres.set({ kind: 'freeze' })
      await last(6000)
      return postgres.set({ kind: 'pass' })
    }
    await system.postgres.end('stop')
    await Promise.all([last(6000), refusedInTime(context)])
    await system.postgres.start()
  },
}

async function refusedInTime({ client, last, complain }: FaultContext): Promise<void> {
  await last(1000)
  const since = performance.now()
  try {
    const { status, headers } = await client.call({ method: 'GET', path: '/v1/runs?limit=1' })
    const tookMs = Math.round(performance.now() - since)
    const told = status === 503 && headers.has('retry-after')
    if (!told) complain(`without PostgreSQL, a caller is told ${status}`)
    if (tookMs > REFUSED_WITHIN_MS) complain(`a caller was told ${status} after ${tookMs} ms`)
  } catch (error) {
    complain(`without PostgreSQL, a caller is told nothing: ${error}`)
  }
}

const cutCommit: Fault = {
  id: 'F15',
  title: 'connection cut around COMMIT',
  async inject(context) {
    const { postgres } = anyOf(context, 'workflow', 'agent', 'analytics')
    const before = postgres.cutCommits
    postgres.set({ kind: 'cut-commits', chance: 0.2, random: context.random })
    await context.last(6000)
    postgres.set({ kind: 'pass' })
    context.note(`${postgres.cutCommits - before} cut`)
  },
}

const refused: Fault = {
  id: 'F19',
  title: 'statements fail, or only seem to',
  async inject(context) {
    const instance = anyOf(context, 'workflow', 'agent')
    instance.command({ kind: 'failing-statements', chance: 0.08 })
    await context.last(6000)
    if (instance.pid !== null) instance.command({ kind: 'failing-statements', chance: 0 })
  },
}

export const databaseFaults: readonly Fault[] = [restarted, down, cutCommit, refused]
