import fc from 'fast-check'
import { withAt } from '../fuzz/body.ts'
import { parsed, shown } from '../fuzz/fault.ts'
import { withReferences } from '../fuzz/pool.ts'
import { MAX_DEPTH, valuesOf } from '../fuzz/value.ts'
import { askMcp, toolsOf } from '../http/mcp.ts'
import { idPlacesIn } from '../matrix/id-places.ts'
import type { Schema } from '../openapi/operation.ts'
import type { Attack, Stage } from './attack.ts'

interface NodeType {
  readonly type: string
  readonly config: Schema
  readonly ports: readonly string[]
}

/** Configurations that are drawn until one can be run. */
const TRIES = 40
const NOBODYS = '0123456789abcdef'.repeat(2)

/**
 * What no schema of the API describes names things, too: the configuration of nodes, and the tools of MCP. One of
 * another organization or project is there as one that does not exist.
 */
export const idsInNodes: Attack = async (stage) => {
  const { world, alice, mallory, tenants, send } = stage
  const sibling = await tenants.createKey(await tenants.createProject(alice.tenant))
  const foreign = { mallory: mallory.key, sibling }
  const answer = await send('GET', '/v1/node-types', { key: alice.key })
  const { data: types } = parsed(answer.body) as { readonly data: readonly NodeType[] }
  const findings: string[] = []
  let tried = 0
  for (const nodeType of types) {
    for (const { place, prefix } of idPlacesIn(nodeType.config, world.document)) {
      const told = await tellerOf(stage, { nodeType, place, prefix })
      const missing = told && (await told(`${prefix}_${NOBODYS}`))
      if (!told || missing === undefined) {
        findings.push(`${nodeType.type} ${place}: no run came as far as the id`)
        continue
      }
      for (const [whose, key] of Object.entries(foreign)) {
        const id = await makeOne(stage, prefix, key)
        const reply = id && (await told(id))
        tried += 1
        if (reply !== missing)
          findings.push(`${nodeType.type} ${place} of ${whose}: ${reply}, not ${missing}`)
      }
    }
  }
  if (tried < 4) findings.push(`Only ${tried} ids of others were tried`)
  return [...findings, ...(await foreignTools(stage))]
}

interface Place {
  readonly nodeType: NodeType
  readonly place: string
  readonly prefix: string
}

/** Says what a run with this id at the place comes to; undefined when no configuration could be saved. */
async function tellerOf({ world, alice, send }: Stage, { nodeType, place, prefix }: Place) {
  const context = { document: world.document, depth: MAX_DEPTH, name: 'config' }
  const drawn = fc.sample(valuesOf(nodeType.config, context), { numRuns: TRIES, seed: 1 })
  const { key, pool } = alice
  const told = async (config: unknown, id: string) => {
    const graph = graphWith(nodeType, withAt(config, place, id))
    const made = await send('POST', '/v1/workflows', { key, body: { name: 'Names an id', graph } })
    const { id: workflowId } = Object(parsed(made.body)) as { readonly id?: string }
    if (made.status !== 201) return undefined
    await send('POST', `/v1/workflows/${workflowId}/versions`, { key })
    const body = { version: 1, input: {}, mode: 'wait', waitMs: 20_000 }
    const run = await send('POST', `/v1/workflows/${workflowId}/runs`, { key, body })
    const { status, error } = Object(parsed(run.body)) as { status?: string; error?: object }
    return status === 'failed' ? JSON.stringify(error).replaceAll(id, '<id>') : undefined
  }
  for (const draft of drawn) {
    const config = withReferences(draft, pool)
    const reply = await told(config, `${prefix}_${NOBODYS}`)
    if (reply?.includes('not-found')) return (id: string) => told(config, id)
  }
  return undefined
}

function graphWith({ type, ports }: NodeType, config: unknown) {
  const nodes = [
    { id: 'start', type: 'start' },
    { id: 'node', type, config },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ]
  const [port] = ports
  const edges = [
    { from: 'start', to: 'node' },
    { from: 'node', ...(port !== 'out' && { port }), to: 'end' },
  ]
  return { nodes, edges }
}

/** What a node can name, of whoever has the key. */
async function makeOne({ send }: Stage, prefix: string, key: string): Promise<string | undefined> {
  const path = { kb: '/v1/knowledge-bases', wf: '/v1/workflows' }[prefix]
  if (path === undefined) return undefined
  const node = { type: 'template', config: { text: 'x' }, ports: ['out'] } as never
  const graph = prefix === 'wf' ? { graph: graphWith(node, { text: 'x' }) } : {}
  const made = await send('POST', path, { key, body: { name: 'Of another', ...graph } })
  const { id } = Object(parsed(made.body)) as { readonly id?: string }
  if (id === undefined) throw new Error(`Nothing was made: ${shown(made)}`)
  if (prefix !== 'wf') return id
  await send('POST', `${path}/${id}/versions`, { key })
  await send('POST', `${path}/${id}/versions/1/publish`, { key })
  return id
}

async function foreignTools({ world, alice, mallory }: Stage): Promise<string[]> {
  const origin = world.system.url
  const [tool] = await toolsOf({ origin, key: mallory.key })
  if (tool === undefined) return ['Mallory has no tool']
  const called = async (name: string) => {
    const answer = await askMcp({ origin, key: alice.key }, 'tools/call', { name, arguments: {} })
    return answer.replaceAll(name, '<tool>')
  }
  const [foreign, missing] = [await called(tool), await called('nothing_000000000000')]
  return foreign === missing ? [] : [`A tool of another is answered ${foreign}, not ${missing}`]
}
