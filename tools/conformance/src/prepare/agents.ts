import { until } from '@dure/system-test/system'
import type { Pool } from '../fuzz/pool.ts'
import type { Call, Made } from './call.ts'

interface Run extends Made {
  readonly pendingApprovals: readonly { readonly callId: string; readonly hash: string }[]
}

/** Agents have names of few characters. */
export function nameOfAgent(prefix: string, name: string): string {
  return `${prefix}${name.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '')}`.slice(0, 60)
}

/** An agent that anybody may ask, in versions and under an alias. */
export async function prepareAgent(call: Call, pool: Pool, name: string): Promise<void> {
  const definition = { instructions: 'Answer briefly.' }
  const agentId = await publishAgent(call, nameOfAgent('a', name), definition)
  if (agentId === undefined) return
  const above = { agentId }
  await call('PUT', `/v1/agents/${agentId}/aliases/prod`, { version: 1 })
  for (const operation of ['getAgentAlias', 'setAgentAlias', 'deleteAgentAlias']) {
    pool.hint(operation, { ...above, alias: 'prod', version: 1 })
  }
  for (const operation of ['getAgentVersion', 'publishAgentVersion']) {
    pool.hint(operation, { ...above, number: 1 })
  }
  pool.hint('diffAgentVersions', { ...above, a: 1, b: 1 })
  await prepareWayBack(call, pool, agentId)
  pool.hint('startAgentRun', above)
  await call('POST', `/v1/agents/${agentId}/runs`, { input: 'Hello', mode: 'wait' })
  const thread = await call('POST', '/v2/threads', { title: name, metadata: { topic: 'refund' } })
  if (thread) {
    const said = { input: 'Hello', mode: 'wait', threadId: thread.id }
    await call('POST', `/v1/agents/${agentId}/runs`, said)
  }
  await prepareAsking(call, pool, name)
}

/** Something was published before. */
async function prepareWayBack(call: Call, pool: Pool, agentId: string): Promise<void> {
  const definition = { instructions: 'Answer at length.' }
  await call('PATCH', `/v1/agents/${agentId}`, { definition })
  await call('POST', `/v1/agents/${agentId}/versions`)
  await call('POST', `/v1/agents/${agentId}/versions/2/publish`)
  pool.hint('rollBackAgent', { agentId })
}

/** What such an agent needs a tool for. */
export const ASKING_TASK = 'What is 2 + 2?'
export const ASKING_DEFINITION = {
  instructions: 'Answer briefly.',
  tools: [{ tool: 'calculator', approval: 'always' }],
}

/** One that waits until somebody allows what it does, alone and in a team. */
async function prepareAsking(call: Call, pool: Pool, name: string): Promise<void> {
  const agentId = await publishAgent(call, nameOfAgent('asks', name), ASKING_DEFINITION)
  if (agentId === undefined) return
  const task = { input: ASKING_TASK }
  const start = () => call('POST', `/v1/agents/${agentId}/runs`, task)
  const [asked, running] = [await start(), await start()]
  if (!asked || !running) return
  pool.hint('cancelAgentRun', { executionId: running.id })
  let pending: Run['pendingApprovals'][number] | undefined
  await until(async () => {
    const run = (await call('GET', `/v1/agent-runs/${asked.id}`)) as Run | undefined
    pending = run?.pendingApprovals[0]
    return pending !== undefined
  }, 'an agent asks for approval')
  pool.hint('decideAgentCall', { executionId: asked.id, ...pending })
  await prepareTeam(call, pool, { name: nameOfAgent('team', name), agentId, task })
}

async function prepareTeam(
  call: Call,
  pool: Pool,
  { name, agentId, task }: { name: string; agentId: string; task: object },
): Promise<void> {
  const judge = { name: 'second', agentId }
  const definition = { pattern: 'sequential', members: [{ name: 'first', agentId }], judge }
  const team = await call('POST', '/v1/agent-teams', { name, definition })
  if (!team) return
  const teamId = team.id
  pool.hint('createAgentTeam', { definition })
  pool.hint('updateAgentTeam', { teamId, name, definition })
  pool.hint('startAgentTeam', { teamId })
  const run = await call('POST', `/v1/agent-teams/${teamId}/runs`, task)
  if (!run) return
  for (const operation of ['getAgentTeamRun', 'getAgentTeamTranscript', 'cancelAgentTeamRun']) {
    pool.hint(operation, { teamId, runId: run.id })
  }
}

async function publishAgent(
  call: Call,
  name: string,
  definition: object,
): Promise<string | undefined> {
  const agent = await call('POST', '/v1/agents', { name, definition })
  if (!agent) return undefined
  await call('POST', `/v1/agents/${agent.id}/versions`)
  await call('POST', `/v1/agents/${agent.id}/versions/1/publish`)
  return agent.id
}
