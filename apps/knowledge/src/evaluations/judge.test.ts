import type { SearchHit } from '@dure/contracts'
import { metricsOf } from '@dure/retrieval'
import { expect, test } from 'vitest'
import type { Label } from './evaluation.ts'
import { judge } from './judge.ts'

const hit = (chunkId: string, documentId: string, text = '') =>
  ({ chunkId, documentId, text }) as unknown as SearchHit
const label = (value: object) => value as Label

test('a document is found by its first passage; its others count neither way', () => {
  const hits = [hit('c1', 'x'), hit('c2', 'a'), hit('c3', 'a'), hit('c4', 'b')]
  const labels = [label({ documentId: 'a' }), label({ documentId: 'b', grade: 3 })]

  const { ranked, judgements } = judge(hits, labels)

  expect(ranked).toEqual(['c1', 'label-0', 'label-1'])
  expect([...judgements.values()]).toEqual([1, 3])
  expect(metricsOf(ranked, judgements).mrr10).toBe(0.5)
})

test('a passage is found by its id, and one with a text whatever its spaces and its form', () => {
  const text = '환불은 이레\n안에 신청합니다'.normalize('NFD')
  const hits = [hit('c1', 'a', text), hit('c2', 'a', '다른 글')]

  expect(judge(hits, [label({ text: '이레 안에' })]).ranked).toEqual(['label-0', 'c2'])
  expect(judge(hits, [label({ chunkId: 'c2' })]).ranked).toEqual(['c1', 'label-0'])
  expect(judge(hits, [label({ text: '없는 말' })]).ranked).toEqual(['c1', 'c2'])
})

test('what is found twice is found once', () => {
  const hits = [hit('c1', 'a', '이레'), hit('c2', 'b', '이레')]

  expect(judge(hits, [label({ text: '이레' })]).ranked).toEqual(['label-0'])
})
