import { graphOf, type Template } from '../template.ts'

const draft = (id: string, system: string) => ({
  id,
  type: 'llm',
  config: { system, prompt: '{{ input.question }}', maxOutputTokens: 800 },
})

export const compareAnswers: Template = {
  id: 'compare-answers',
  title: { ko: '여러 답을 나란히 받아 합치기', en: 'Several answers side by side, made into one' },
  description: {
    ko: '한 질문에 두 관점의 답을 동시에 받고, 셋째 모델이 견주어 하나로 합칩니다.',
    en: 'Has a question answered from two points of view at the same time, and a third call compares them and makes one answer.',
  },
  keywords: {
    ko: ['병렬', '동시에', '비교', '여러 모델', '관점', '토론', '합치기', '종합'],
    en: ['parallel', 'compare', 'several models', 'ensemble', 'debate', 'combine', 'join', 'judge'],
  },
  graph: graphOf(
    [
      {
        id: 'start',
        type: 'start',
        config: {
          inputSchema: {
            type: 'object',
            properties: { question: { type: 'string', minLength: 1, maxLength: 5000 } },
            required: ['question'],
          },
        },
      },
      { id: 'side_by_side', type: 'parallel' },
      draft('in_favour', 'Argue in favour of what is asked about, with facts.'),
      draft('against', 'Argue against what is asked about, with facts.'),
      { id: 'both', type: 'join', config: { mode: 'all' } },
      {
        id: 'judge',
        type: 'llm',
        config: {
          system: 'Weigh both answers against each other, and give one that is balanced.',
          prompt: '{{ input.question }}\n\n{{ nodes.both.data.results }}',
          maxOutputTokens: 1000,
        },
      },
      { id: 'end', type: 'end', config: { outputs: { answer: '{{ nodes.judge.data.text }}' } } },
    ],
    'start > side_by_side > in_favour > both > judge > end',
    'side_by_side > against > both',
  ),
  triggers: [],
  setup: [],
}
