import { hash } from 'node:crypto'
import { atMostTokens, DureError } from '@dure/kernel'
import type { ModelMessage } from 'ai'
import type { ExperimentRun } from '../experiments/experiment.ts'
import { costOf } from '../models/cost.ts'
import { estimateOf } from '../models/estimate.ts'
import type { Models } from '../models/index.ts'
import { failedCallOf, type ModelCaller, type ModelUsage } from '../models/model-call.ts'
import { DEMO_MODEL } from '../models/prices.ts'
import { drawExamples, examplesIn, withExamples } from './examples.ts'
import type { Candidate, Method, PromptOptimization, Settings } from './optimization.ts'
import { askToRewrite, maxProposalTokens, readProposal, SYSTEM } from './rewrite.ts'
import type { LearnedCase } from './scores.ts'
import type { Spent } from './work-store.ts'

export type Learned = readonly (LearnedCase & { readonly run: ExperimentRun })[]

export interface ToPropose {
  readonly number: number
  readonly method: Method
  /** Of the agent as it was. */
  readonly instructions: string
  readonly learned: Learned
  readonly before: readonly Candidate[]
}

export interface Proposed {
  readonly candidate: Pick<
    Candidate,
    'number' | 'method' | 'instructions' | 'refusal' | 'explanation' | 'exampleCaseIds'
  >
  readonly spent: Spent
}

export interface Proposer {
  canRewrite(settings: Pick<Settings, 'model'>): boolean
  /** What a rewriting may cost at the most; 0 where none is possible. */
  estimate(of: PromptOptimization, asked: Pick<ToPropose, 'instructions' | 'learned'>): number
  /**
   * One more candidate. What a model says that cannot be used is a candidate that is refused, not an error.
   *
   * @returns `too-dear` when not enough is left to ask a model
   * @throws DureError of the model; `failedCallOf` says what it took nevertheless
   */
  propose(
    of: PromptOptimization,
    asked: ToPropose,
    signal: AbortSignal,
  ): Promise<Proposed | 'too-dear'>
}

export interface ProposerParts {
  readonly models: Pick<Models, 'choose' | 'defaultId'>
  readonly caller: ModelCaller
  /** Of one call with its retries. */
  readonly timeoutMs: number
}

const FREE: Spent = { costMicroUsd: 0, inputTokens: 0, outputTokens: 0 }
/** Proposals are to differ. */
const TEMPERATURE = 0.8

export function createProposer(parts: ProposerParts): Proposer {
  return {
    // The demo model quotes, and writes nothing of its own.
    canRewrite: ({ model }) => isReal(model ?? parts.models.defaultId),

    estimate(of, { instructions, learned }) {
      if (!this.canRewrite(of.settings)) return 0
      return atMost(
        parts,
        of,
        askToRewrite({ instructions, learned, before: [], place: 0 }),
        instructions,
      )
    },

    async propose(of, asked, signal) {
      if (asked.method === 'few-shot') return { candidate: fewShot(of, asked), spent: FREE }
      if (asked.method === 'rewrite-and-few-shot')
        return { candidate: both(of, asked), spent: FREE }
      return rewrite(parts, of, asked, signal)
    },
  }
}

function isReal(model: string | undefined): boolean {
  return model !== undefined && model !== DEMO_MODEL
}

function fewShot(of: PromptOptimization, asked: ToPropose): Proposed['candidate'] {
  const { instructions, before } = asked
  const draw = before.filter(({ method }) => method === 'few-shot').length
  return shown(of, asked, { instructions, draw })
}

/** The first rewriting that can be used, with examples behind it. It costs no call of a model. */
function both(of: PromptOptimization, asked: ToPropose): Proposed['candidate'] {
  const rewritten = asked.before.find(
    ({ method, instructions }) => method === 'rewrite' && instructions !== null,
  )
  const instructions = rewritten?.instructions ?? asked.instructions
  return shown(of, asked, { instructions, draw: 0 })
}

function shown(
  { settings }: PromptOptimization,
  { number, method, learned, before }: ToPropose,
  { instructions, draw }: { readonly instructions: string; readonly draw: number },
): Proposed['candidate'] {
  const { maxExamples: count, seed } = settings
  const examples = drawExamples(examplesIn(learned), count, (caseId) =>
    hash('sha256', `${seed}/${draw}/${caseId}`),
  )
  const whole = withExamples(instructions, examples)
  const isKnown = before.some((one) => one.instructions === whole)
  const refusal =
    examples.length === 0
      ? 'there are no examples'
      : isKnown
        ? 'the same examples are tried already'
        : null
  return {
    ...{ number, method, refusal, instructions: refusal === null ? whole : null },
    explanation: `${examples.length} question(s) of the part for training that the agent answered right, as examples.`,
    exampleCaseIds: examples.map(({ caseId }) => caseId),
  }
}

async function rewrite(
  parts: ProposerParts,
  of: PromptOptimization,
  asked: ToPropose,
  signal: AbortSignal,
): Promise<Proposed | 'too-dear'> {
  const { number, method, instructions, learned, before } = asked
  const earlier = before.filter((one) => one.method === 'rewrite')
  const explanations = earlier.flatMap(({ explanation }) => explanation || [])
  const message = askToRewrite({
    instructions,
    learned,
    before: explanations,
    place: earlier.length,
  })
  const left = of.settings.budgetMicroUsd - of.costMicroUsd
  if (atMost(parts, of, message, instructions) > left) return 'too-dear'
  const reply = await parts.caller.call({
    callKey: `${of.id}/proposal/${number}`,
    payer: {
      tenant: of.tenant,
      agentId: of.agentId,
      ...(of.keyId !== null && { keyId: of.keyId }),
    },
    kind: 'optimizer',
    models: of.settings.model === null ? [] : [of.settings.model],
    ...{ system: SYSTEM, messages: [message], temperature: TEMPERATURE },
    maxOutputTokens: maxProposalTokens(atMostTokens(instructions)),
    ...{ priority: 'background', timeoutMs: parts.timeoutMs, signal, onDelta: () => {} },
  })
  const known = [instructions, ...before.flatMap((one) => one.instructions ?? [])]
  const read = readProposal(reply.text, known)
  const { refusal, explanation } = read
  return {
    candidate: {
      ...{ number, method, refusal, explanation, exampleCaseIds: [] },
      instructions: read.refusal === null ? read.instructions : null,
    },
    spent: spentOf(reply.usage),
  }
}

function atMost(
  { models }: ProposerParts,
  { settings }: PromptOptimization,
  message: ModelMessage,
  instructions: string,
): number {
  const { price } = models.choose(settings.model ?? undefined).priceAt(new Date())
  const maxTokens = maxProposalTokens(atMostTokens(instructions))
  return costOf(price, estimateOf({ system: SYSTEM, messages: [message] }, maxTokens))
}

function spentOf({ costMicroUsd, inputTokens, outputTokens }: ModelUsage): Spent {
  return { costMicroUsd, inputTokens, outputTokens }
}

/** Of what `propose` threw: what a provider will have charged all the same. */
export function spentIn(error: unknown): Spent | undefined {
  const usage = error instanceof DureError ? failedCallOf(error)?.usage : undefined
  return usage && spentOf(usage)
}
