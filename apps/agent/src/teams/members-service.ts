import { callerOf, keyOf, spenderOf, type TeamRunId, type Tenant } from '@dure/contracts'
import { asTenant } from '@dure/platform'
import { intersectionOf } from '../agents/authority.ts'
import { grantsOf } from '../agents/grants.ts'
import type { AgentLookup } from '../agents/lookup-store.ts'
import { type Execution, isOver } from '../executions/execution-row.ts'
import { NARROWED } from '../executions/narrowing.ts'
import type { Executions } from '../executions/service.ts'
import type { ExecutionWorkStore } from '../executions/work-store.ts'
import type { ToolGrant } from '../tools/tool.ts'
import type { Member } from './definition.ts'
import type { Asking, Members } from './run-service.ts'
import { onceIdOf } from './run-store.ts'
import type { Turn } from './turn.ts'

const TEAM_ORIGIN = 'team'

export interface MembersOptions {
  readonly executions: Pick<Executions, 'start' | 'find' | 'cancel'>
  readonly agents: Pick<AgentLookup, 'resolve' | 'pinned'>
  /** Of any tenant. */
  readonly load: ExecutionWorkStore['load']
}

/** Members of teams are executions of agents. */
export function createMembers({ executions, agents, load }: MembersOptions): Members {
  async function pin(tenant: Tenant, member: Member): Promise<Member> {
    const { agentId: agent, version } = member
    const pinned = await agents.resolve(tenant, { agent, version })
    return { ...member, version: pinned.version }
  }

  async function grantsTo(tenant: Tenant, member: Member): Promise<readonly ToolGrant[]> {
    const { definition } = await agents.pinned(tenant, member.agentId, Number(member.version))
    return grantsOf(definition)
  }

  /** Undefined: those of its own. */
  async function toolsOf({ run, ask, onBehalfOf }: Asking): Promise<ToolGrant[] | undefined> {
    if (onBehalfOf.length === 0) return undefined
    const all = [ask.member, ...onBehalfOf].map((member) => grantsTo(run.tenant, member))
    return intersectionOf(await Promise.all(all))
  }

  return {
    pin,

    ask: (asking) =>
      asTenant(asking.run.tenant, async () => {
        const { run, ask } = asking
        const { tenant, leftMs } = run
        const { agentId: agent, version } = ask.member
        const { maxCostMicroUsd } = ask
        const tools = await toolsOf(asking)
        await executions.start({
          ...{ tenant, agent, version, input: ask.input, isUntrusted: ask.isUntrusted },
          limits: {
            ...(leftMs !== null && { timeoutMs: Math.max(leftMs, 1) }),
            ...(maxCostMicroUsd !== undefined && { maxCostMicroUsd }),
          },
          ...starterOf(run),
          origin: {
            // `runId` is whose money it is.
            ...{ kind: TEAM_ORIGIN, runId: run.origin?.task.runId ?? run.id, teamRunId: run.id },
            ...{ key: ask.key, member: ask.member.name },
            [NARROWED]: { ...(tools && { tools }), outputSchema: ask.outputSchema },
          },
          onceId: onceIdOf(run.id, ask.key),
        })
      }),

    turnOf: (tenant, { executionId }) =>
      asTenant(tenant, async () => {
        const execution = await executions.find(tenant, executionId)
        return execution && isOver(execution) ? turnFrom(execution, load) : undefined
      }),

    stop: (tenant, id) =>
      asTenant(tenant, async () => {
        if (await executions.find(tenant, id)) await executions.cancel(tenant, id)
      }),
  }
}

/** As whom a node starts executions: whose rights they have is said by the caller of its run. */
const WORKFLOW = 'workflow'

function starterOf({ origin, identity }: Asking['run']) {
  if (origin) {
    return { caller: origin.caller, startedBy: WORKFLOW, keyId: spenderOf(origin.caller).keyId }
  }
  return {
    caller: callerOf(identity),
    startedBy: identity.principalId,
    keyId: keyOf(identity),
  }
}

/** The run of a team that an execution is for; older ones have it in another place. */
export function teamRunOf({ origin }: Pick<Execution, 'origin'>): TeamRunId {
  return (origin?.teamRunId ?? origin?.runId) as TeamRunId
}

/** What an execution that is over says in its team. */
export async function turnFrom(execution: Execution, load: MembersOptions['load']): Promise<Turn> {
  const { origin, status, output, error, costMicroUsd, inputTokens, outputTokens } = execution
  const { isTainted } = await load(execution.id)
  const of = {
    ...{ key: String(origin?.key), member: String(origin?.member) },
    ...(isTainted && { isUntrusted: true }),
    ...{ costMicroUsd, inputTokens, outputTokens },
  }
  if (status !== 'succeeded') {
    const { code, message } = error ?? CANCELLED
    return { ...of, status: 'failed', text: '', error: { code, message } }
  }
  const isText = typeof output === 'string'
  const text = isText ? output : JSON.stringify(output)
  return { ...of, status: 'succeeded', text, ...(!isText && { object: output }) }
}

const CANCELLED = { code: 'agent.cancelled', message: 'The execution was cancelled' }
