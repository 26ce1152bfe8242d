import { graphOf, type Template } from '../template.ts'

export const pollUntilDone: Template = {
  id: 'poll-until-done',
  title: { ko: '외부 작업이 끝날 때까지 확인하기', en: 'Poll a job until it is done' },
  description: {
    ko: '외부 API 에 작업을 맡기고 끝날 때까지 30초마다 상태를 확인한 다음 결과를 돌려줍니다.',
    en: 'Hands a job to an API, asks for its status every 30 s until it is done, and gives back the result.',
  },
  keywords: {
    ko: ['폴링', '반복', '확인', '상태', '끝날 때까지', '기다리기', '작업', '주기적으로'],
    en: ['poll', 'polling', 'loop', 'status', 'until done', 'wait', 'job', 'repeat'],
  },
  graph: graphOf(
    [
      { id: 'start', type: 'start' },
      {
        id: 'submit',
        type: 'http',
        config: {
          method: 'POST',
          url: 'https://api.example.com/jobs',
          body: '{{ input }}',
          idempotent: true,
        },
      },
      {
        id: 'until_done',
        type: 'loop',
        config: { breakOn: 'loop.last.body.status == "done"', maxIterations: 60 },
        body: graphOf(
          [
            { id: 'pause', type: 'delay', config: { ms: 30_000 } },
            {
              id: 'ask',
              type: 'http',
              config: {
                method: 'GET',
                url: 'https://api.example.com/jobs/{{ nodes.submit.data.body.id }}',
              },
            },
          ],
          'pause > ask',
        ),
      },
      { id: 'end', type: 'end', config: { outputs: { result: '{{ nodes.until_done.data }}' } } },
    ],
    'start > submit > until_done > end',
  ),
  triggers: [],
  setup: [
    {
      ko: '두 주소와, 상태가 있는 필드 이름을 바꾸세요.',
      en: 'Change both addresses, and the name of the field that has the status.',
    },
  ],
}
