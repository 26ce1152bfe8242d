import { hash } from 'node:crypto'
import { DureError } from '@dure/kernel'
import type { EmbeddingService } from '../embeddings/service.ts'
import type { Models } from '../models/index.ts'
import type { ModelCaller, Payer } from '../models/model-call.ts'
import {
  type Asked,
  type ConfigOf,
  type EvaluatorConfig,
  notPossible,
  type Score,
} from './evaluator.ts'
import { judgement, readVerdict, Verdict } from './judge.ts'
import { scoreOf } from './score.ts'
import { scoreSimilarity } from './similarity.ts'
import { jsonOf, textOf } from './text.ts'

export interface Scoring {
  readonly config: EvaluatorConfig
  readonly asked: Asked
  /** Stable name of this scoring, the same after a crash: what its money is reserved under. */
  readonly key: string
  readonly payer: Payer
  readonly signal: AbortSignal
}

export interface Scored {
  /** Undefined: the case says nothing about it. */
  readonly score: Score | undefined
  readonly costMicroUsd: number
}

export interface Scorer {
  /** @throws DureError `evaluator.not-possible` where this installation has not what it needs */
  requirePossible(config: EvaluatorConfig): void
  /** @throws DureError of the model that was asked; `evaluator.no-verdict` when it did not judge */
  score(scoring: Scoring): Promise<Scored>
}

export interface ScorerParts {
  readonly models: Pick<Models, 'choose' | 'chooseEmbedding' | 'defaultId'>
  readonly caller: ModelCaller
  readonly embeddings: EmbeddingService
  /** For one judge. */
  readonly timeoutMs: number
}

/** It was asked in the form of a schema, several times, and gave something else. */
class NoVerdictError extends DureError {
  override readonly kind = 'unavailable'
}

export function createScorer(parts: ScorerParts): Scorer {
  return {
    requirePossible({ kind, ...config }) {
      const model = 'model' in config ? config.model : undefined
      try {
        if (kind === 'llm-judge') parts.models.choose(model)
        if (kind === 'similarity') parts.models.chooseEmbedding(model)
      } catch (error) {
        if (error instanceof DureError) throw notPossible(error.message)
        throw error
      }
    },

    async score(scoring) {
      const { config, asked } = scoring
      if (config.kind === 'llm-judge') return judge(parts, scoring, config)
      if (config.kind === 'similarity') return compare(parts, scoring, config)
      return { score: scoreOf(config, asked), costMicroUsd: 0 }
    },
  }
}

async function judge(
  { caller, timeoutMs }: ScorerParts,
  { asked, key, payer, signal }: Scoring,
  config: ConfigOf<'llm-judge'>,
): Promise<Scored> {
  const mark = `data-${hash('sha256', key).slice(0, 16)}`
  const { system, prompt } = judgement(config, asked, mark)
  const { object, text, usage } = await caller.call({
    ...{ callKey: key, payer, kind: 'judge', system, timeoutMs, signal },
    models: config.model === undefined ? [] : [config.model],
    messages: [{ role: 'user', content: prompt }],
    outputSchema: { ...Verdict },
    temperature: 0,
    priority: 'background',
    onDelta: () => {},
  })
  const score = readVerdict(config, object ?? jsonOf(text))
  if (!score) {
    throw new NoVerdictError('evaluator.no-verdict', 'The model gave no score: try another one')
  }
  return { score, costMicroUsd: usage.costMicroUsd }
}

async function compare(
  { embeddings }: ScorerParts,
  { asked: { of, answer }, payer, signal }: Scoring,
  { model, passAt }: ConfigOf<'similarity'>,
): Promise<Scored> {
  if (of.expectedOutput === undefined) return { score: undefined, costMicroUsd: 0 }
  const texts = [textOf(of.expectedOutput), textOf(answer.output)]
  if (texts.some((text) => text.trim() === '')) {
    const score = texts[0] === texts[1] ? 1 : 0
    const reason = 'one of the texts is empty'
    return { score: { score, passed: score >= passAt, reason }, costMicroUsd: 0 }
  }
  const { vectors, costMicroUsd } = await embeddings.embed({
    ...{ texts, model, payer, kind: 'judge', signal },
  })
  const [expected = [], given = []] = vectors
  return { score: scoreSimilarity({ passAt }, [expected, given]), costMicroUsd }
}
