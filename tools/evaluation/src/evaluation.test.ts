import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failing, type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ANALYZERS } from './analyzers.ts'
import { readData } from './data.ts'
import type { DataSet } from './data-set.ts'
import { evaluate } from './evaluation.ts'
import { analyzerChart, analyzerReport } from './report-analyzers.ts'
import { folderOf } from './testing/folder.ts'

let model: ScriptedModel
let sets: readonly DataSet[]
let asked: string[]
let told: string[]

beforeAll(async () => {
  model = await startScriptedModel()
  sets = (await readData(folderOf({}), [])).sets
})
afterAll(() => model.close())
beforeEach(() => {
  asked = []
  told = []
  model.rewriteEmbeddings(({ input }) => {
    asked.push(...input)
    return undefined
  })
})

const common = { perturbations: ['none'], analyzers: [] } as const
const progress = (text: string) => told.push(text)
const embeddings = (cacheFolder: string) => ({ url: model.baseUrl, model: 'small', cacheFolder })
const temporary = () => mkdtempSync(join(tmpdir(), 'vectors-'))

test('every mode has its rows, then their means, and says how far it is', async () => {
  const rows = await evaluate(sets, {
    ...common,
    modes: ['keyword', 'vector', 'hybrid'],
    embeddings: embeddings(temporary()),
    progress,
  })

  const modes = ['keyword', 'vector', 'hybrid']
  expect(rows.map(({ set, mode }) => [set, mode])).toEqual(
    ['help', 'village', 'mean'].flatMap((set) => modes.map((mode) => [set, mode])),
  )
  expect(rows.filter(({ mode }) => mode === 'vector')[0]?.recall100).toBe(1)
  expect(asked).toContain('환불\n물건을 받은 날부터 이레 안에 돈을 돌려받을 수 있습니다.')
  expect(told.join('\n')).toMatch(
    /help: 3 passages are indexed\nvectors: 3 of 3\nhelp, keyword, none/,
  )
})

test('no text is sent twice, also after a process that died while it wrote', async () => {
  const folder = temporary()
  const work = { ...common, modes: ['hybrid'], embeddings: embeddings(folder), progress } as const
  const first = await evaluate(sets, work)
  expect(asked).toHaveLength(8)
  const file = join(folder, readdirSync(folder)[0] ?? '')
  const whole = readFileSync(file, 'latin1')
  writeFileSync(file, whole.slice(0, -20), 'latin1')

  expect(await evaluate(sets, work)).toEqual(first)
  expect(asked).toHaveLength(9)
  expect(await evaluate(sets, work)).toEqual(first)
  expect(asked).toHaveLength(9)
})

test('so many texts that their vectors have no place are refused before one is sent', async () => {
  const [question] = sets[0]?.questions ?? []
  const questions = Array.from({ length: 200_000 }, () => question as NonNullable<typeof question>)
  const work = {
    ...common,
    modes: ['hybrid'],
    embeddings: embeddings(temporary()),
    progress,
  } as const

  await expect(
    evaluate([...sets, { name: 'large', passages: [], questions }], work),
  ).rejects.toThrow(/^200008 passages and queries are too many/)
  expect(asked).toEqual([])
})

test('rows are handed over as soon as they are there', async () => {
  const kept: number[] = []
  const work = { ...common, modes: ['keyword'], embeddings: undefined, progress } as const

  const rows = await evaluate(sets, { ...work, keep: (some) => kept.push(some.length) })

  expect([kept, rows.length]).toEqual([[1, 2], 3])
})

test('an API that refuses is no success', async () => {
  model.rewriteEmbeddings(() => failing(401))

  const work = {
    ...common,
    modes: ['hybrid'],
    embeddings: embeddings(temporary()),
    progress,
  } as const
  await expect(evaluate(sets, work)).rejects.toThrow(model.baseUrl)
})

test('analyzers are compared on the same questions, and drawn', async () => {
  const rows = await evaluate(sets, {
    ...common,
    perturbations: ['none', 'nospace'],
    analyzers: ANALYZERS,
    modes: ['keyword'],
    embeddings: undefined,
    progress,
  })

  const means = rows.filter(({ set }) => set === 'mean')
  const of = (name: string, kind: string) =>
    means.find(({ analyzer, perturbation }) => analyzer === name && perturbation === kind)?.ndcg10
  expect(means).toHaveLength(10)
  expect(of('dure', 'nospace')).toBe(1)
  expect(of('words', 'nospace')).toBe(0)
  expect(of('particles', 'none')).toBeGreaterThan(of('words', 'none') ?? 1)
  expect(analyzerChart(rows)).toContain('>morphemes and pairs (Dure)<')
  expect(analyzerReport(rows, 'a/b.svg')).toContain('![nDCG@10 per analyzer](b.svg)')
  expect(analyzerReport(rows, undefined)).toContain(
    '| mean | morphemes and pairs (Dure) | 1.0000 (1.0000 to 1.0000) | 1.0000 (1.0000 to 1.0000) |',
  )
})
