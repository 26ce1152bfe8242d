import { describe, expect, test } from 'vitest'
import { readData } from './data.ts'
import { folderOf, SMALL } from './testing/folder.ts'

describe('a folder of data', () => {
  test('is its sets, each with its own passages and questions', async () => {
    const { sets, warnings } = await readData(folderOf({}), [])

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
    expect(warnings).toEqual(['help: left out 1 queries without a relevant passage'])
  })

  test('may come from elsewhere: other names of ids, numbers, no sets, grades, several answers', async () => {
    const folder = folderOf({
      corpus: [
        { id: 1, title: null, text: 'How to get your money back' },
        { id: 2, text: 'Opening hours' },
      ],
      queries: '\uFEFF{"id":7,"text":"refund\u2028please"}\r\n\r\n',
      qrels: [
        { query: 7, doc: 1, score: '3' },
        { query: 7, doc: 2, score: 1 },
      ],
    })

    const { sets, warnings } = await readData(folder, [])

    expect(warnings).toEqual([])
    expect(sets).toMatchObject([
      { name: 'default', passages: [{ id: '1', title: '' }, { id: '2' }] },
    ])
    expect(sets[0]?.questions).toEqual([
      {
        text: 'refund\u2028please',
        judgements: new Map([
          ['1', 3],
          ['2', 1],
        ]),
      },
    ])
  })

  test('whose ids are unique within a set only is told apart by sets', async () => {
    const { sets } = await readData(
      folderOf({
        corpus: ['a', 'b'].map((set) => ({ _id: 'd', set, text: set })),
        queries: ['a', 'b'].map((set) => ({ _id: 'q', set, text: set })),
        qrels: [
          { query: 'q', doc: 'd', score: 1, set: 'a' },
          { query: 'q', doc: 'd', score: 2, set: 'b' },
        ],
      }),
      [],
    )

    const grades = sets.map(({ questions }) => questions[0]?.judgements.get('d'))
    expect(grades).toEqual([1, 2])
  })

  test('is measured as far as it can be, and says what is left out', async () => {
    const folder = folderOf({
      corpus: [...SMALL.corpus, { _id: 'd1', set: 'help', text: 'again' }],
      queries: [...SMALL.queries, { _id: 'q9', set: 'moon', text: 'lost' }],
      qrels: [
        { query: 'q1', doc: 'd1', score: 1 },
        { query: 'q1', doc: 'd99', score: 1 },
        { query: 'q2', doc: 'm1', score: 1 },
      ],
    })

    const { sets, warnings } = await readData(folder, [])

    expect(sets.map(({ name, questions }) => [name, questions.length])).toEqual([['help', 1]])
    expect(warnings).toEqual([
      'help: left out 1 passages with an id that was there before',
      'help: left out 2 judgements of passages that are not there',
      'help: left out 2 queries without a relevant passage',
      'village: left out 1 queries without a relevant passage',
      'village: left out 2 passages, as no query of the set can be measured',
      'moon: left out 1 queries, as the set has no passages',
    ])
  })

  test('is read only as far as it is asked for', async () => {
    const { sets } = await readData(folderOf({}), ['village'])

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
    ['no answers at all', { qrels: [] }, [], 'Nothing can be measured\nhelp: left out'],
    ['a line without an id', { queries: '{"text":"x","set":"help"}' }, [], 'neither _id nor id'],
    ['a set that is not there', {}, ['halp'], 'no set halp; there are help, village'],
  ])('with %s is refused, and where', async (_what, files, only, message) => {
    await expect(readData(folderOf(files), only)).rejects.toThrow(message)
  })

  test('that is not there is refused', async () => {
    await expect(readData('/nowhere/at/all', [])).rejects.toThrow('corpus.jsonl')
  })
})
