import type { AdviceAnswer, AdviceGiven, AdviceQuestion } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { Optimized, OptimizerService } from '../optimizer/service.ts'
import { viewOptimization } from '../optimizer/view.ts'

export interface AdviceService {
  /** Reads, and nothing else: to be asked twice is as good as once. */
  answer(question: AdviceQuestion): Promise<AdviceAnswer>
}

/** Of an answer: more than this goes through no queue, and no model reads it. */
const MAX_UNITS = 400_000

/** What the optimizer has to say, for a service that does not see runs. */
export function createAdviceService(optimizer: OptimizerService): AdviceService {
  return {
    async answer({ questionId, tenant, workflowId, version, runs }) {
      try {
        const request = { tenant, workflowId, version, runs }
        const given = givenOf(await asTenant(tenant, () => optimizer.optimize(request)))
        if (JSON.stringify(given).length > MAX_UNITS) return { questionId, refused: TOO_LARGE }
        return { questionId, given }
      } catch (error) {
        const kind = error instanceof DureError ? error.kind : undefined
        if (kind !== 'not-found' && kind !== 'limit-exceeded') throw error
        const { code, message } = error as DureError
        return { questionId, refused: { kind, code, message } }
      }
    },
  }
}

const TOO_LARGE = {
  kind: 'limit-exceeded',
  code: 'workflow.too-large-for-advice',
  message: 'The workflow is too large to be handed to a model: ask for POST …/optimize instead',
} as const

function givenOf(optimized: Optimized): AdviceGiven {
  const { version, runs, advice, nodes, check, draft } = viewOptimization(optimized, true)
  const { checked, skipped } = check
  return {
    ...{ version, runs, draft, check: { checked, skipped } },
    advice: advice.map(({ patch: _patch, pointer: _pointer, ...rest }) => ({
      ...rest,
      title: line(rest.title),
      detail: line(rest.detail),
    })),
    nodes: nodes.map(({ runs: _runs, recovered: _recovered, ...rest }) => rest),
  }
}

function line(text: string): string {
  return text.slice(0, 2000).toWellFormed()
}
