import { callerOf, type Identity, type Tenant } from '@dure/contracts'
import { asTenant } from '@dure/platform'
import { grantsOf } from '../agents/grants.ts'
import type { AgentLookup } from '../agents/lookup-store.ts'
import { type Execution, isOver } from '../executions/execution-row.ts'
import { NARROWED } from '../executions/narrowing.ts'
import type { Executions } from '../executions/service.ts'
import type { ToolGrant } from '../tools/tool.ts'
import { intersectionOf } from './authority.ts'
import type { Member } from './definition.ts'
import type { Asking, Members } from './run-service.ts'
import { onceIdOf } from './run-store.ts'
import type { Turn } from './turn.ts'

const TEAM_ORIGIN = 'team'

export interface MembersOptions {
  readonly executions: Pick<Executions, 'start' | 'find' | 'cancel'>
  readonly agents: Pick<AgentLookup, 'resolve' | 'pinned'>
}

/** Members of teams are executions of agents. */
export function createMembers({ executions, agents }: MembersOptions): Members {
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
        const { identity, tenant } = run
        const { agentId: agent, version } = ask.member
        const tools = await toolsOf(asking)
        await executions.start({
          ...{ tenant, agent, version, input: ask.input },
          caller: callerOf(identity),
          startedBy: identity.principalId,
          keyId: keyOf(identity),
          origin: {
            ...{ kind: TEAM_ORIGIN, runId: run.id, key: ask.key, member: ask.member.name },
            [NARROWED]: { ...(tools && { tools }), outputSchema: ask.outputSchema },
          },
          onceId: onceIdOf(run.id, ask.key),
        })
      }),

    turnOf: (tenant, { executionId }) =>
      asTenant(tenant, async () => {
        const execution = await executions.find(tenant, executionId)
        return execution && isOver(execution) ? turnFrom(execution) : undefined
      }),

    stop: (tenant, id) =>
      asTenant(tenant, async () => {
        if (await executions.find(tenant, id)) await executions.cancel(tenant, id)
      }),
  }
}

function keyOf({ keyId, principalId }: Identity): string | undefined {
  return keyId ?? (principalId.startsWith('key_') ? principalId : undefined)
}

/** What an execution that is over says in its team. */
export function turnFrom(execution: Execution): Turn {
  const { origin, status, output, error, costMicroUsd, inputTokens, outputTokens } = execution
  const of = {
    ...{ key: String(origin?.key), member: String(origin?.member) },
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
