import { describe, expect, test } from 'vitest'
import { readDataSets } from './data.ts'
import { folderOf, SMALL } from './testing/folder.ts'

describe('a folder of data', () => {
  test('is its sets, each with its own passages and questions', async () => {
    const sets = await readDataSets(folderOf({}), [])

    expect(
      sets.map(({ name, passages, questions }) => [name, passages.length, questions.length]),
    ).toEqual([
      ['help', 3, 2],
      ['village', 2, 1],
    ])
    expect(sets[0]?.questions[1]).toEqual({
      text: '비밀번호를 바꾸고 싶어요',
      judgements: new Map([['d3', 1]]),
    })
  })

  test('is read only as far as it is asked for', async () => {
    const sets = await readDataSets(folderOf({}), ['village'])

    expect(sets.map(({ name }) => name)).toEqual(['village'])
  })

  test.each([
    ['a line that is no JSON', { queries: '{"_id":\n' }, [], 'queries.jsonl:1'],
    [
      'a line that lacks a field',
      { corpus: [...SMALL.corpus, { _id: 'd9', set: 'help' }] },
      [],
      'corpus.jsonl:6',
    ],
    [
      'a judgement of nothing',
      { qrels: [{ query: 'q1', doc: 'd99', score: 1 }] },
      [],
      'd99, which is no passage',
    ],
    ['a set without answers', { qrels: [] }, [], 'help has no query'],
    ['a set that is not there', {}, ['halp'], 'no set halp; there are help, village'],
  ])('with %s is refused, and where', async (_what, files, only, message) => {
    await expect(readDataSets(folderOf(files), only)).rejects.toThrow(message)
  })

  test('that is not there is refused', async () => {
    await expect(readDataSets('/nowhere/at/all', [])).rejects.toThrow('corpus.jsonl')
  })
})
