import { graphOf, type Template, webhook } from '../template.ts'

export const webhookIntake: Template = {
  id: 'webhook-intake',
  title: { ko: '웹훅을 받아 다른 시스템에 저장', en: 'Take in a webhook and store it elsewhere' },
  description: {
    ko: '웹훅으로 온 데이터를 필요한 모양으로 바꾸어 보낸 쪽에 바로 답하고, 다른 시스템의 API 에 저장합니다.',
    en: 'Takes what a webhook delivers, brings it into shape, answers its sender at once, and stores it by the API of another system.',
  },
  keywords: {
    ko: ['웹훅', '접수', '폼', '수신', '연동', 'CRM', '저장', '응답'],
    en: ['webhook', 'intake', 'form', 'receive', 'integration', 'crm', 'store', 'lead'],
  },
  graph: graphOf(
    [
      { id: 'start', type: 'start' },
      {
        id: 'shape',
        type: 'transform',
        config: {
          fields: { name: 'input.body.name', email: 'input.body.email', source: '"web"' },
        },
      },
      { id: 'thanks', type: 'respond', config: { status: 202, body: { received: true } } },
      {
        id: 'store',
        type: 'http',
        config: {
          method: 'POST',
          url: 'https://api.example.com/contacts',
          auth: { secret: 'crm_key', as: 'bearer' },
          body: '{{ nodes.shape.data }}',
        },
      },
      { id: 'end', type: 'end', config: { outputs: { status: '{{ nodes.store.data.status }}' } } },
    ],
    'start > shape > thanks > store > end',
  ),
  triggers: [
    webhook(
      '폼 접수',
      {
        ko: '{ "name", "email" } 을 보내면 시작하고 respond 노드의 답을 돌려줍니다.',
        en: 'Starts it with { "name", "email" }, and gives back what the respond node answers.',
      },
      'wait',
    ),
  ],
  setup: [
    {
      ko: 'store 의 주소를 바꾸고 비밀 crm_key 를 만드세요.',
      en: 'Change the address of store, and create the secret crm_key.',
    },
  ],
}
