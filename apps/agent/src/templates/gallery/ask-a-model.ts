import { graphOf, type Template } from '../template.ts'

export const askAModel: Template = {
  id: 'ask-a-model',
  title: { ko: '모델에게 묻기', en: 'Ask a model' },
  description: {
    ko: '가장 단순한 워크플로: 글을 받아 언어 모델에게 묻고 답을 돌려줍니다.',
    en: 'The plainest workflow: takes a text, asks a language model, and gives back what it says.',
  },
  keywords: {
    ko: ['모델', '언어 모델', '질문', '생성', '글쓰기', '시작', '기본'],
    en: ['model', 'llm', 'prompt', 'generate', 'write', 'simple', 'hello'],
  },
  graph: graphOf(
    [
      {
        id: 'start',
        type: 'start',
        config: {
          inputSchema: {
            type: 'object',
            properties: { text: { type: 'string', minLength: 1, maxLength: 20_000 } },
            required: ['text'],
          },
        },
      },
      { id: 'ask', type: 'llm', config: { prompt: '{{ input.text }}', maxOutputTokens: 1000 } },
      { id: 'end', type: 'end', config: { outputs: { answer: '{{ nodes.ask.data.text }}' } } },
    ],
    'start > ask > end',
  ),
  triggers: [],
  setup: [],
}
