import { codeIn, parsed, shown } from '../fuzz/fault.ts'
import { createConnection } from '../http/connection.ts'
import { type OpenApiDocument, operationsOf } from '../openapi/operation.ts'
import type { Attack } from './attack.ts'

const INTERNAL = ['/metrics', '/livez', '/readyz', '/startupz', '/internal', '/admin']

/** What can be reached is what is documented; what operators ask of a service is not for clients. */
export const hiddenRoutes: Attack = async ({ world, alice, send }) => {
  const findings: string[] = []
  const codeOf = (body: Buffer) => codeIn(parsed(body))
  for (const { operationId, method, path } of world.operations) {
    const answer = await send(method, path.replaceAll(/\{[^}]+\}/g, 'x'), { key: alice.key })
    if (codeOf(answer.body) === 'route.not-found') findings.push(`${operationId} is not reachable`)
  }
  const known = new Set(world.operations.map(({ method, path }) => `${method} ${path}`))
  for (const [service, port] of Object.entries(world.system.ports)) {
    if (service === 'gateway') continue
    const direct = createConnection(`http://127.0.0.1:${port}`)
    const answer = await direct.send({ method: 'GET', path: '/openapi.json', headers: [] }, 30_000)
    direct.close()
    for (const { method, path } of operationsOf(parsed(answer.body) as OpenApiDocument)) {
      if (known.has(`${method} ${path}`)) continue
      const url = path.replaceAll(/\{[^}]+\}/g, 'x')
      const reached = await send(method, url, { key: alice.key })
      if (codeOf(reached.body) !== 'route.not-found')
        findings.push(`${method} ${path} is hidden: ${shown(reached)}`)
    }
  }
  for (const prefix of ['/v1', '/v2', '/hooks', '/v1/workflow', '/v1/runs']) {
    for (const path of INTERNAL) {
      const answer = await send('GET', prefix + path, { key: alice.key })
      if (answer.status < 400) findings.push(`${prefix}${path}: ${shown(answer)}`)
    }
  }
  return [...findings, ...healthFindings(await send('GET', '/health'))]
}

/** Health says how things are, not whose they are or where. */
function healthFindings({ body }: { readonly body: Buffer }): string[] {
  const text = body.toString('utf8')
  const told = /\b(org|prj|key|run|wf)_[0-9a-f]{32}\b|127\.0\.0\.1|localhost|postgres:|redis:/.exec(
    text,
  )
  return told ? [`/health tells ${told[0]}`] : []
}
