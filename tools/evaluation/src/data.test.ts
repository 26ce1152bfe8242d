import { describe, expect, test } from 'vitest'
import { readData } from './data.ts'
import { folderOf, SMALL } from './testing/folder.ts'

/** As benchmarks have them, without a set, with numbers for ids. */
const TEN = {
  corpus: [
    { docid: 10, title: 2026, contents: '보증금은 이레 안에 돌려드립니다.', set: null },
    { docid: '11', passage: '관리비는 다달이 냅니다.' },
  ],
  queries: [{ qid: 1, question: '보증금은 언제 돌려받나요', set: '' }],
  qrels: undefined,
}

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
    [
      'a line without an id',
      { queries: '{"text":"x","set":"help"}' },
      [],
      'queries.jsonl:1: there is none of _id, id',
    ],
    ['a set that is not there', {}, ['halp'], 'no set halp; there are help, village'],
  ])('with %s is refused, and where', async (_what, files, only, message) => {
    await expect(readData(folderOf(files), only)).rejects.toThrow(message)
  })

  test.each([
    ['qrels.tsv', 'query-id\tcorpus-id\tscore\n1\t10\t2\n1\t11\t0\n'],
    ['qrels/test.tsv', '1\t0\t10\t2\r\n1\t0\t11\t0\r\n'],
    ['qrels/dev.tsv', 'Q\tP\tJudgement\n1\t10\t2\n1\t11\t0\n'],
    ['qrels.txt', '1 0 10 2\n1 Q0 11 0'],
    [
      'qrels/test.jsonl',
      '{"query-id":1,"corpus-id":"10","score":2}\n{"qid":"1","pid":11,"label":0}',
    ],
  ])('has its judgements in %s too', async (path, text) => {
    const { sets, warnings } = await readData(folderOf(TEN, { [path]: text }), [])

    expect(warnings).toEqual([])
    expect(sets[0]?.questions).toEqual([
      {
        text: '보증금은 언제 돌려받나요',
        judgements: new Map([
          ['10', 2],
          ['11', 0],
        ]),
      },
    ])
  })

  test('has relevant passages where judgements have no score', async () => {
    for (const lines of ['1\t10', '{"query":1,"doc":10}', '{"qid":1,"docid":"10","score":null}']) {
      const name = lines.startsWith('{') ? 'qrels.jsonl' : 'qrels.tsv'
      const { sets } = await readData(folderOf(TEN, { [name]: lines }), [])

      expect(sets[0]?.questions[0]?.judgements).toEqual(new Map([['10', 1]]))
    }
  })

  test('may name sets in passages alone: a query belongs to what it is judged by', async () => {
    const queries = SMALL.queries.map((query) => ({ ...query, set: null }))
    const { sets, warnings } = await readData(folderOf({ queries }), [])

    expect(sets).toEqual((await readData(folderOf({}), [])).sets)
    expect(warnings).toEqual(['help: left out 1 queries without a relevant passage'])
  })

  test('may name sets in queries alone: each is asked of all passages', async () => {
    const corpus = SMALL.corpus.map((passage) => ({ ...passage, set: undefined }))
    const { sets, warnings } = await readData(folderOf({ corpus }), [])

    expect(
      sets.map(({ name, passages, questions }) => [name, passages.length, questions.length]),
    ).toEqual([
      ['help', 5, 2],
      ['village', 5, 1],
    ])
    expect(warnings).toEqual(['help: left out 1 queries without a relevant passage'])
    const village = await readData(folderOf({ corpus }), ['village'])
    expect(village.sets).toEqual(sets.slice(1))
  })

  test('may name one set in two ways', async () => {
    const corpus = [{ _id: 'd', set: 'corpus', text: '글' }]
    const queries = [
      { _id: 'q', set: 'dev', text: '물음' },
      { _id: 'r', set: 'dev', text: '답이 없는 물음' },
    ]
    const qrels = [{ query: 'q', doc: 'd' }]
    const { sets, warnings } = await readData(folderOf({ corpus, queries, qrels }), ['corpus'])

    expect(sets.map(({ name, questions }) => [name, questions.length])).toEqual([['corpus', 1]])
    expect(warnings).toEqual(['corpus: left out 1 queries without a relevant passage'])
  })

  test('that names no set has the name that it is asked for by', async () => {
    const folder = folderOf(TEN, { 'qrels.tsv': '1\t10' })

    expect((await readData(folder, ['rents'])).sets).toMatchObject([{ name: 'rents' }])
    await expect(readData(folder, ['rents', 'loans'])).rejects.toThrow(
      'no set rents, loans; there are default',
    )
  })

  test('with a few bad lines is measured without them, and says so', async () => {
    const good = Array.from({ length: 299 }, (_, at) => `{"id":${at},"text":"글 ${at}"}`)
    const files = { queries: '{"id":"q","text":"글"}', qrels: '{"query":"q","doc":3}' }
    const corpus = [...good.slice(0, 9), '{"id":', ...good.slice(9)]

    const { sets, warnings } = await readData(folderOf({ ...files, corpus: corpus.join('\n') }), [])

    expect(sets[0]?.passages).toHaveLength(299)
    expect(warnings).toEqual([
      expect.stringMatching(/^left out 1 of 300 lines, the first is .*corpus\.jsonl:10: /),
    ])
    const worse = [...corpus, '[]', '{"id":{},"text":""}', '7'].join('\n')
    await expect(readData(folderOf({ ...files, corpus: worse }), [])).rejects.toThrow(
      /corpus\.jsonl:10: .*\(4 of 303 lines are unusable\)/,
    )
  })

  test.each([
    ['another number of columns', '1\t0\t10\t2\t5', 'qrels.tsv:1: 5 columns'],
    ['a score that is none', 'qid\tpid\tscore\n1\t10\thigh', 'qrels.tsv:2: the score high'],
  ])('with judgements of %s is refused, and where', async (_what, text, message) => {
    await expect(readData(folderOf(TEN, { 'qrels.tsv': text }), [])).rejects.toThrow(message)
  })

  test('without judgements is refused', async () => {
    await expect(readData(folderOf({ qrels: undefined }), [])).rejects.toThrow(
      'has none of qrels.jsonl',
    )
  })

  test('that is not there is refused', async () => {
    await expect(readData('/nowhere/at/all', [])).rejects.toThrow('corpus.jsonl')
  })
})
