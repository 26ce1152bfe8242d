import { graphOf, type Template } from '../template.ts'

export const runCode: Template = {
  id: 'run-code',
  title: { ko: 'JavaScript 로 계산하기', en: 'Compute with JavaScript' },
  description: {
    ko: '모래상자 안에서 JavaScript 를 실행해 주문의 합계와 부가세를 계산합니다.',
    en: 'Runs JavaScript in a sandbox: here the sum of an order, and its tax.',
  },
  keywords: {
    ko: ['코드', '자바스크립트', '계산', '스크립트', '함수', '합계', '부가세'],
    en: ['code', 'javascript', 'script', 'function', 'compute', 'calculate', 'sandbox', 'tax'],
  },
  graph: graphOf(
    [
      {
        id: 'start',
        type: 'start',
        config: {
          inputSchema: {
            type: 'object',
            properties: { items: { type: 'array', maxItems: 1000 } },
            required: ['items'],
          },
        },
      },
      {
        id: 'compute',
        type: 'code',
        config: {
          source:
            'const sum = input.items.reduce((total, { price, count }) => total + price * count, 0)\nreturn { sum, tax: Math.round(sum / 11) }',
          input: { items: '{{ input.items }}' },
          outputSchema: {
            type: 'object',
            properties: { sum: { type: 'number' }, tax: { type: 'number' } },
            required: ['sum', 'tax'],
          },
        },
      },
      {
        id: 'end',
        type: 'end',
        config: { outputs: { totals: '{{ nodes.compute.data.result }}' } },
      },
    ],
    'start > compute > end',
  ),
  triggers: [],
  setup: [{ ko: 'source 를 여러분의 코드로 바꾸세요.', en: 'Put your own code into source.' }],
}
