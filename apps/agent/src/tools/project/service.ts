import { randomUUIDv7 } from 'node:crypto'
import { callerOf, type Identity, keyOf, type Tenant, type ToolId } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError, prefixedId } from '@dure/kernel'
import { judge } from '../policy.ts'
import type { ToolResult, Tools } from '../tool.ts'
import { checkDraft, type ProjectTool, type ToolDraft } from './project-tool.ts'
import type { ProjectToolStore } from './store.ts'

/** Which revisions a change may replace; undefined: any. */
type Expected = readonly number[] | undefined

/**
 * The tools that a project has made. What names one throws NotFoundError `tool.unknown-id`, what
 * changes one ConflictError `tool.changed`.
 */
export interface ProjectToolService {
  /**
   * @throws InvalidInputError `tool.invalid`
   * @throws ConflictError `tool.name-taken`, `tool.too-many-of-project`
   */
  create(identity: Identity, draft: ToolDraft): Promise<ProjectTool>
  get(tenant: Tenant, id: string): Promise<ProjectTool>
  /** @throws as `create` */
  replace(
    tenant: Tenant,
    id: string,
    change: { readonly draft: ToolDraft; readonly expected: Expected },
  ): Promise<ProjectTool>
  remove(tenant: Tenant, id: string, expected: Expected): Promise<void>
  /**
   * Tries a tool out, as its policy allows. What fails in it is part of the result.
   *
   * @throws InvalidInputError `tool.invalid-arguments`, ConflictError `tool.not-tryable`
   */
  tryOut(identity: Identity, trial: Trial): Promise<Exclude<ToolResult, { status: 'sent' }>>
}

export interface Trial {
  readonly name: string
  readonly input: unknown
  readonly config?: Readonly<Record<string, unknown>> | undefined
  readonly timeoutMs: number
  /** The same for each try of one request. */
  readonly onceId: string | undefined
}

export const MAX_TOOLS = 500

export interface ProjectToolServiceDependencies {
  readonly store: ProjectToolStore
  readonly tools: Tools
  /** Names that nobody else may have. */
  readonly reserved: ReadonlySet<string>
}

export function createProjectToolService({
  store,
  tools,
  reserved,
}: ProjectToolServiceDependencies): ProjectToolService {
  const get = async (tenant: Tenant, id: string) => (await store.find(tenant, id)) ?? notFound()
  const check = (draft: ToolDraft) => {
    checkDraft(draft)
    if (reserved.has(draft.name)) throw nameTaken(draft.name)
  }

  return {
    get,

    async create({ tenant, principalId: createdBy }, draft) {
      check(draft)
      const id = prefixedId('tool', randomUUIDv7()) as ToolId
      const created = await store.insert({ ...draft, id, tenant, createdBy, limit: MAX_TOOLS })
      if (created) return created
      if (await store.findByName(tenant, draft.name)) throw nameTaken(draft.name)
      throw tooMany()
    },

    async replace(tenant, id, { draft, expected }) {
      check(draft)
      const before = expectedOne(await get(tenant, id), expected)
      if (before.kind !== draft.kind) throw otherKind(before)
      const replaced = await store.replace(before, { ...draft, source: before.source })
      if (replaced === 'name-taken') throw nameTaken(draft.name)
      return replaced ?? lostUpdate()
    },

    async remove(tenant, id, expected) {
      const tool = expectedOne(await get(tenant, id), expected)
      if (!(await store.remove(tool))) lostUpdate()
    },

    async tryOut(identity, { name, input, config, timeoutMs, onceId = randomUUIDv7() }) {
      const { tenant } = identity
      const keyId = keyOf(identity)
      const [tool] = await tools.bind(tenant, [{ tool: name, ...(config && { config }) }])
      if (!tool) return notFound()
      // Who asks for it here is a person, or a program of theirs: that is the approval.
      const verdict = judge({ tool, input, isTainted: false, isApproved: true })
      if (verdict.verdict === 'forbidden') {
        throw new InvalidInputError('tool.invalid-arguments', verdict.reason)
      }
      const result = await tools.execute({
        ...{ callKey: `try_${onceId}`, tenant, caller: callerOf(identity), tool, input, timeoutMs },
        payer: { tenant, ...(keyId !== undefined && { keyId }) },
        // It ends by itself in its time, with a result that says so.
        signal: new AbortController().signal,
      })
      if (result.status === 'sent') throw notTryable(name)
      return result
    },
  }
}

function expectedOne(tool: ProjectTool, expected: Expected): ProjectTool {
  return expected && !expected.includes(tool.revision) ? lostUpdate() : tool
}

export function nameTaken(name: string): ConflictError {
  const detail = `There is a tool ${name} already: choose another name`
  return new ConflictError('tool.name-taken', detail)
}

function tooMany(): ConflictError {
  const detail = `A project has at most ${MAX_TOOLS} tools: delete one that no agent uses`
  return new ConflictError('tool.too-many-of-project', detail)
}

function otherKind({ kind }: ProjectTool): InvalidInputError {
  return new InvalidInputError('tool.invalid', `The tool is of the kind ${kind}, and stays so`, [
    { pointer: '#/kind', message: `is ${kind}` },
  ])
}

function notTryable(name: string): ConflictError {
  const detail = `${name} is answered by a message to the agent that called it: try it with an agent`
  return new ConflictError('tool.not-tryable', detail)
}

function lostUpdate(): never {
  const detail = 'Somebody else has changed it meanwhile: get it again before you replace it'
  throw new ConflictError('tool.changed', detail)
}

function notFound(): never {
  throw new NotFoundError('tool.unknown-id', 'There is no such tool')
}
