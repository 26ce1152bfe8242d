import type { FoundRun, FoundWorkflow, WorkAnswer } from '@dure/contracts'

/** What was found, as a list, for an installation without a model. */
export function listFound(
  { workflows, runs }: Pick<WorkAnswer, 'workflows' | 'runs'>,
  question: string,
): string {
  const words = /\p{Script=Hangul}/u.test(question) ? KOREAN : ENGLISH
  if (workflows.length + runs.length === 0) return words.nothing
  return [
    words.intro,
    ...workflows.map((workflow) => `- ${words.workflow(workflow)} [${workflow.id}]`),
    ...runs.map((run) => `- ${words.run(run)} [${run.id}]`),
  ].join('\n')
}

const KOREAN = {
  intro: '설정된 모델이 없어서 답을 쓰지 못하고, 찾은 것을 그대로 보여 드립니다.',
  nothing: '설정된 모델이 없어서 찾기만 했는데, 질문과 맞는 워크플로나 실행을 찾지 못했습니다.',
  workflow: ({ name, publishedVersion }: FoundWorkflow) =>
    `워크플로 “${name}”: ${publishedVersion === null ? '배포되지 않음' : `버전 ${publishedVersion} 배포됨`}`,
  run: (run: FoundRun) => `“${run.workflowName}” 실행: ${told(run, '노드')}`,
}

const ENGLISH = {
  intro: 'No model is configured, so this is no answer, but what was found, as it is.',
  nothing:
    'No model is configured, so there was only a search: no workflow or run fits the question.',
  workflow: ({ name, publishedVersion }: FoundWorkflow) =>
    `workflow “${name}”: ${publishedVersion === null ? 'not published' : `version ${publishedVersion} is published`}`,
  run: (run: FoundRun) => `run of “${run.workflowName}”: ${told(run, 'node')}`,
}

function told({ status, createdAt, error }: FoundRun, node: string): string {
  const at = error?.nodeId === undefined ? '' : `${node} ${error.nodeId}: `
  const reason = error ? ` (${at}${error.code}, ${error.message})` : ''
  return `${status}, ${createdAt}${reason}`
}
