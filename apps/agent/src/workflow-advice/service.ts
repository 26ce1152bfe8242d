import { randomUUID } from 'node:crypto'
import { type AdviceGiven, type Identity, keyOf, type WorkflowId } from '@dure/contracts'
import { completeGraph, type Graph } from '@dure/engine'
import { DureError, LimitExceededError, NotFoundError } from '@dure/kernel'
import type { WorkDesk } from '../assistant/desk-service.ts'
import { askHelper, type HelperModel } from '../drafts/helper.ts'
import { addUsage, type HelperUsage } from '../drafts/usage.ts'
import type { Models } from '../models/index.ts'
import type { ModelReply } from '../models/model-call.ts'
import { type Gain, gainOf } from './gain.ts'
import {
  askForProposals,
  askToRepair,
  INSTRUCTIONS,
  type KnownModel,
  OUTPUT_SCHEMA,
} from './prompt.ts'
import { type CheckedProposal, type RefusedProposal, readProposals } from './proposal.ts'

export interface AdviceRequest {
  readonly identity: Identity
  readonly workflowId: WorkflowId
  readonly version: number | undefined
  readonly runs: number
  /** How often the model is shown what is wrong with its proposals. */
  readonly maxRepairs: number
  readonly signal: AbortSignal
}

export interface GivenProposal extends CheckedProposal {
  /** Undefined: no run was recorded. */
  readonly expectedGain: Gain | undefined
}

export interface Advised {
  readonly workflowId: WorkflowId
  /** What playing recorded runs has found: it holds without any model. */
  readonly given: AdviceGiven
  readonly draft: Graph
  readonly proposals: readonly GivenProposal[]
  readonly refused: readonly RefusedProposal[]
  /** Why there are no proposals of a model; undefined: one was asked. */
  readonly withoutModel: string | undefined
  readonly attempts: number
  readonly usage: HelperUsage | null
}

export interface WorkflowAdvisor {
  /**
   * What would make a workflow better. It changes nothing, and nothing of it is stored.
   *
   * @throws NotFoundError `workflow.not-found`, `workflow.version-not-found`
   * @throws LimitExceededError `workflow.optimizer-busy`, `workflow.too-large-for-advice`, `assistant.too-many-questions`
   * @throws UnavailableError `assistant.not-answered` @throws DureError `model.…`, `budget.exceeded`
   */
  advise(request: AdviceRequest): Promise<Advised>
}

export interface AdvisorParts extends HelperModel {
  readonly desk: Pick<WorkDesk, 'advise'>
  readonly models: Pick<Models, 'list' | 'choose'>
  readonly hasModel: boolean
}

const MAX_OUTPUT_TOKENS = 8000

export function createWorkflowAdvisor(parts: AdvisorParts): WorkflowAdvisor {
  return {
    async advise(request) {
      const { identity, workflowId, version, runs, signal } = request
      const { tenant } = identity
      const question = { tenant, workflowId, runs, ...(version !== undefined && { version }) }
      const { given, refused } = await parts.desk.advise(question, signal)
      if (!given) throw refusalOf(refused)
      // The workflow service has validated it.
      const draft = completeGraph(given.draft as Graph)
      const nothing = { proposals: [], refused: [], attempts: 0, usage: null }
      const withoutModel = reasonAgainst(parts, identity)
      if (withoutModel !== undefined) return { workflowId, given, draft, withoutModel, ...nothing }
      const asked = await propose(parts, request, { given, draft })
      return { workflowId, given, draft, withoutModel, ...asked }
    },
  }
}

function reasonAgainst({ hasModel }: AdvisorParts, { scopes }: Identity): string | undefined {
  if (!hasModel) {
    return 'No model is configured, so none was asked: this is what playing recorded runs has found.'
  }
  return scopes.includes('models:use')
    ? undefined
    : 'The key may not use models, so none was asked: this is what playing recorded runs has found.'
}

function refusalOf(
  refused: { kind: string; code: string; message: string } | undefined,
): DureError {
  const {
    kind = 'not-found',
    code = 'workflow.not-found',
    message = 'There is no such workflow',
  } = refused ?? {}
  return kind === 'not-found'
    ? new NotFoundError(code as 'workflow.not-found', message)
    : new LimitExceededError(code as 'workflow.optimizer-busy', message, {}, { retryAfterS: 5 })
}

async function propose(
  parts: AdvisorParts,
  request: AdviceRequest,
  { given, draft }: { readonly given: AdviceGiven; readonly draft: Graph },
): Promise<Pick<Advised, 'proposals' | 'refused' | 'attempts' | 'usage'>> {
  const first = askForProposals(draft, given, parts.models.list().flatMap(knownModel))
  const callKey = `ai/advice/${randomUUID()}`
  const proposals: CheckedProposal[] = []
  let refused: readonly RefusedProposal[] = []
  let messages = [first]
  let usage: HelperUsage | null = null
  let attempts = 0
  while (attempts <= request.maxRepairs) {
    attempts += 1
    const reply = await ask(parts, request, { callKey: `${callKey}/${attempts}`, messages })
    usage = addUsage(usage ?? undefined, reply)
    const text = reply.object === undefined ? reply.text : JSON.stringify(reply.object)
    const read = readProposals(text, draft)
    const known = new Set(proposals.map(({ title }) => title))
    proposals.push(...read.proposals.filter(({ title }) => !known.has(title)))
    refused = read.refused
    if (refused.length === 0) break
    messages = askToRepair(first, text, refused)
  }
  const measured = { nodes: given.nodes, runs: given.runs.read, priceRatio: priceRatioOf(parts) }
  return {
    ...{ refused, attempts, usage },
    proposals: proposals.map((one) => ({
      ...one,
      expectedGain: gainOf(draft, one.graph, measured),
    })),
  }
}

function ask(
  parts: AdvisorParts,
  { identity, signal }: AdviceRequest,
  { callKey, messages }: { callKey: string; messages: ReturnType<typeof askToRepair> },
): Promise<ModelReply> {
  return askHelper(parts, {
    ...{ callKey, tenant: identity.tenant, keyId: keyOf(identity), signal },
    ...{ system: INSTRUCTIONS, messages, outputSchema: { ...OUTPUT_SCHEMA } },
    ...{ maxOutputTokens: MAX_OUTPUT_TOKENS, cachePrompt: true },
  })
}

function knownModel(model: ReturnType<Models['choose']>): KnownModel[] {
  const { price, isAssumed } = model.priceAt(new Date())
  const { inputMicroUsd, outputMicroUsd } = price
  return isAssumed ? [] : [{ id: model.id, inputMicroUsd, outputMicroUsd }]
}

/** Of what goes in and comes out in equal parts: how much of each there was is not known by node. */
function priceRatioOf({ models }: AdvisorParts) {
  const priceOf = (name: string | undefined): number | undefined => {
    try {
      const [known] = knownModel(models.choose(name))
      return known && known.inputMicroUsd + known.outputMicroUsd
    } catch (error) {
      // Nobody has such a model: then it has no price, either.
      if (error instanceof DureError) return undefined
      throw error
    }
  }
  return (from: string | undefined, to: string | undefined): number | undefined => {
    const [before, after] = [priceOf(from), priceOf(to)]
    return before && after ? after / before : undefined
  }
}
