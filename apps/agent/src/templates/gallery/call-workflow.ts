import { ANY_WORKFLOW, graphOf, type Template } from '../template.ts'

export const callWorkflow: Template = {
  id: 'call-workflow',
  title: { ko: '다른 워크플로 실행하기', en: 'Run another workflow' },
  description: {
    ko: '다른 워크플로를 하위 실행으로 불러 그 결과를 이어받습니다. 실패하면 대신할 값을 돌려줍니다.',
    en: 'Runs another workflow as a part of this one and goes on with its output, or with a substitute when it fails.',
  },
  keywords: {
    ko: ['하위 워크플로', '서브 워크플로', '다른 워크플로', '재사용', '모듈', '호출'],
    en: ['subworkflow', 'sub-workflow', 'child', 'another workflow', 'reuse', 'module', 'call'],
  },
  graph: graphOf(
    [
      { id: 'start', type: 'start' },
      {
        id: 'attempt',
        type: 'try',
        body: graphOf([
          {
            id: 'child',
            type: 'subworkflow',
            config: { workflowId: ANY_WORKFLOW, input: { from: '{{ input }}' } },
          },
        ]),
      },
      { id: 'worked', type: 'end', config: { outputs: { result: '{{ nodes.attempt.data }}' } } },
      { id: 'failed', type: 'end', config: { outputs: { result: 'none' } } },
    ],
    'start > attempt:ok > worked',
    'attempt:caught > failed',
  ),
  triggers: [],
  setup: [
    {
      ko: `${ANY_WORKFLOW} 자리에 부를 워크플로의 id 를 넣으세요.`,
      en: `Put the id of the workflow to run in the place of ${ANY_WORKFLOW}.`,
    },
  ],
}
