import { testTenant } from '@dure/platform/testing'
import { expect, test } from 'vitest'
import { questionOf } from './question.ts'

const ask = (
  text: string,
  scopes: ('workflows:read' | 'runs:read')[] = ['workflows:read', 'runs:read'],
) => questionOf(text, { tenant: testTenant(), scopes })

test.each([
  ['환불 승인은 왜 실패했어?', ['환불', '승인'], ['failed', 'timed_out']],
  ['Why did the refund workflow fail?', ['refund'], ['failed', 'timed_out']],
  ['어떤 워크플로가 있어?', [], []],
  ['Which runs were cancelled?', ['cancelled'], ['cancelled']],
])('%s', (text, words, statuses) => {
  expect(ask(text)).toMatchObject({ words, statuses })
})

test('ids are looked up as such, each once, and not as words', () => {
  const id = `run_${'a'.repeat(32)}`
  expect(ask(`${id} ${id} wf_${'b'.repeat(32)}`)).toMatchObject({
    runIds: [id],
    workflowIds: [`wf_${'b'.repeat(32)}`],
    words: [],
  })
})

test('nothing is looked up that the identity may not see', () => {
  expect(ask('환불', ['runs:read']).kinds).toEqual(['run'])
  expect(ask('환불', []).kinds).toEqual([])
})

test('however long it is, little is looked up', () => {
  const many = Array.from(
    { length: 500 },
    (_, at) => `word${at} run_${String(at).padStart(32, '0')}`,
  )
  const { words, runIds } = ask(many.join(' '))

  expect([words.length, runIds.length]).toEqual([20, 10])
})
