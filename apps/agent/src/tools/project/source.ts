import type { Tenant } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import { ranCode, seedOf } from '../../code/service.ts'
import { redacted } from '../../http-requests/redact.ts'
import { responseOf } from '../../http-requests/response.ts'
import type { BuiltinParts } from '../builtins/builtin.ts'
import { askTheWeb } from '../builtins/web-request.ts'
import type { ToolDefinition, ToolSource, ToolWork } from '../definition.ts'
import type { HttpSpec, ProjectTool } from './project-tool.ts'
import { requestOf } from './request-of.ts'
import type { ProjectToolStore } from './store.ts'

const MAX_BYTES = 1_048_576
/** 2026-01-01: code of a tool has no clock. */
const NOW_MS = 1_767_225_600_000

/** The tools that a project has made or imported. */
export function createProjectTools({
  store,
  parts,
}: {
  readonly store: Pick<ProjectToolStore, 'findByName'>
  readonly parts: BuiltinParts
}): ToolSource {
  return {
    async find(tenant: Tenant, { tool, config }) {
      const found = await asTenant(tenant, () => store.findByName(tenant, tool))
      if (!found) return undefined
      if (config && Object.keys(config).length > 0) throw noConfig(tool)
      return definitionOf(found, parts)
    },
  }
}

function definitionOf(tool: ProjectTool, parts: BuiltinParts): ToolDefinition {
  const { name, description, inputSchema, effect, idempotent, spec } = tool
  const shown = { name, description, inputSchema, effect, idempotent }
  if ('source' in spec) {
    return {
      ...{ ...shown, effect: 'pure', reach: 'inside', trust: 'trusted' },
      execute: async ({ callKey, tenant, input, timeoutMs }) => {
        const circumstances = { tenant, timeoutMs, seed: seedOf(callKey), nowMs: NOW_MS }
        return (await ranCode(parts.sandbox, { source: spec.source, input }, circumstances)).result
      },
    }
  }
  return {
    ...{ ...shown, reach: 'fixed', trust: 'untrusted' },
    execute: (work) => sent(parts, spec, work),
  }
}

async function sent(parts: BuiltinParts, spec: HttpSpec, work: ToolWork): Promise<unknown> {
  // Its schema says that it is an object.
  const request = requestOf(spec, work.input as Readonly<Record<string, unknown>>)
  const hosts = [new URL(request.url).origin]
  const answer = await askTheWeb(parts, work, {
    ...{ ...request, hosts, auth: spec.auth, maxBytes: MAX_BYTES },
  })
  const { status, body } = redacted(responseOf(answer), answer.secrets)
  return { status, body }
}

function noConfig(name: string): InvalidInputError {
  const detail = `${name} takes no \`config\`: what it does is part of the tool`
  return new InvalidInputError('tool.invalid-config', detail)
}
