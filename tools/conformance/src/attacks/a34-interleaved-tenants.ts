import { parsed, shown } from '../fuzz/fault.ts'
import type { Attack } from './attack.ts'

const TENANTS = 50
const REQUESTS = 1000
const AT_ONCE = 24
/** What each tenant makes, and reads back in a list. */
const KINDS = ['/v1/knowledge-bases', '/v1/workflows'] as const
const GRAPH = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [{ from: 'start', to: 'end' }],
}

/** 1,000 requests of 50 tenants, mixed on the same connections to the database: each sees its own. */
export const interleavedTenants: Attack = async ({ tenants, send }) => {
  const findings: string[] = []
  const keys: string[] = []
  for (let n = 0; n < TENANTS; n++) keys.push(await tenants.createKey(await tenants.create()))

  const make = async (n: number) => {
    for (const path of KINDS) {
      const body = { name: `of ${n}`, ...(path === '/v1/workflows' && { graph: GRAPH }) }
      const answer = await send('POST', path, { key: keys[n], body })
      if (answer.status !== 201) findings.push(`Tenant ${n}: ${shown(answer)}`)
    }
  }
  const look = async (request: number) => {
    // Neighbours in time are different tenants.
    const n = (request * 7) % TENANTS
    const answer = await send('GET', KINDS[request % KINDS.length] ?? '', { key: keys[n] })
    const { data } = parsed(answer.body) as { readonly data?: readonly { name: string }[] }
    const names = data?.map(({ name }) => name).join()
    if (names !== `of ${n}`) findings.push(`Tenant ${n} sees ${names ?? shown(answer)}`)
  }
  await inParallel(TENANTS, make)
  await inParallel(REQUESTS, look)
  return findings
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
