import { randomUUID } from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import { DureError, type FieldProblem, InvalidInputError } from '@dure/kernel'
import type { ModelReply } from '../models/model-call.ts'
import { rankTemplates } from '../templates/search.ts'
import type { Template } from '../templates/template.ts'
import { OUTPUT_SCHEMA, readDraft } from './draft.ts'
import { type Drafted, draftedByModel, draftedFromTemplate } from './drafted.ts'
import { askHelper, type HelperModel } from './helper.ts'
import { askFor, askToRepair, INSTRUCTIONS } from './prompt.ts'
import { addUsage, type HelperUsage } from './usage.ts'

export interface DraftRequest {
  readonly tenant: Tenant
  readonly keyId: string | undefined
  readonly description: string
  /** How often the model is shown what is wrong with its draft. */
  readonly maxRepairs: number
  readonly signal: AbortSignal
}

export interface DraftService {
  /**
   * A workflow for a description. It is stored nowhere.
   *
   * @throws InvalidInputError `ai.no-valid-draft`, with what is wrong with the last one
   * @throws DureError `model.…`, `budget.exceeded`
   */
  draft(request: DraftRequest): Promise<Drafted>
}

interface Parts extends HelperModel {
  readonly gallery: readonly Template[]
  /** Whether there is a model that can write a workflow. */
  readonly hasModel: boolean
}

const EXAMPLES = 2
const MAX_OUTPUT_TOKENS = 8000

export function createDraftService(parts: Parts): DraftService {
  return {
    async draft(request) {
      const ranked = rankTemplates(parts.gallery, request.description)
      if (!parts.hasModel) return draftedFromTemplate(ranked, request.description)
      const examples = ranked.slice(0, EXAMPLES).map(({ template }) => template)
      return draftByModel(parts, request, examples)
    },
  }
}

async function draftByModel(
  parts: Parts,
  request: DraftRequest,
  examples: readonly Template[],
): Promise<Drafted> {
  const { description, maxRepairs } = request
  const callKey = `ai/draft/${randomUUID()}`
  const first = askFor(description, examples)
  let messages = [first]
  let usage: HelperUsage | undefined
  let problems: readonly FieldProblem[] = []
  for (let attempt = 1; attempt <= maxRepairs + 1; attempt += 1) {
    const reply = await ask(parts, request, { callKey: `${callKey}/${attempt}`, messages })
    usage = addUsage(usage, reply)
    const text = reply.object === undefined ? reply.text : JSON.stringify(reply.object)
    const read = readDraft(text, description)
    if (read.draft) {
      return draftedByModel(read.draft, { description, attempts: attempt, usage })
    }
    problems = read.problems
    messages = askToRepair(first, text, problems)
  }
  throw noValidDraft(maxRepairs + 1, problems)
}

async function ask(
  parts: Parts,
  { tenant, keyId, signal }: DraftRequest,
  { callKey, messages }: { callKey: string; messages: ReturnType<typeof askToRepair> },
): Promise<ModelReply> {
  try {
    return await askHelper(parts, {
      ...{ callKey, tenant, keyId, signal, system: INSTRUCTIONS, messages },
      ...{
        outputSchema: { ...OUTPUT_SCHEMA },
        maxOutputTokens: MAX_OUTPUT_TOKENS,
        cachePrompt: true,
      },
    })
  } catch (error) {
    // It was shown its mistakes already, and makes no JSON of it: asking once more costs, and helps nobody.
    if (!(error instanceof DureError) || error.code !== 'model.schema-not-met') throw error
    throw noValidDraft(1, [{ pointer: '#', message: error.message.slice(0, 500) }])
  }
}

function noValidDraft(attempts: number, problems: readonly FieldProblem[]): InvalidInputError {
  return new InvalidInputError(
    'ai.no-valid-draft',
    `The model gave no valid draft in ${attempts} attempt(s): say more exactly what is wanted, or begin with one of GET /v1/ai/templates. What was wrong with the last one is in errors`,
    problems,
  )
}
