import type { WorkAnswer, WorkQuestion } from '@dure/contracts'
import { asTenant } from '@dure/platform'
import type { QuestionStore } from './store.ts'

export interface QuestionService {
  /** Reads, and nothing else: to be asked twice is as good as once. */
  answer(question: WorkQuestion): Promise<WorkAnswer>
}

export function createQuestionService(store: QuestionStore): QuestionService {
  return {
    answer: (question) => asTenant(question.tenant, () => find(store, question)),
  }
}

async function find(store: QuestionStore, question: WorkQuestion): Promise<WorkAnswer> {
  const { questionId, tenant, kinds, words, workflowIds, runIds, statuses } = question
  const wanted = { ids: workflowIds, words }
  const workflows = kinds.includes('workflow') ? await store.findWorkflows(tenant, wanted) : []
  const isOfSome = words.length > 0 || workflowIds.length > 0
  const ofThese = isOfSome ? workflows.map(({ id }) => id) : []
  const about = { ids: runIds, workflowIds: ofThese, statuses }
  const runs = kinds.includes('run') ? await store.findRuns(tenant, about) : []
  return { questionId, workflows, runs }
}
