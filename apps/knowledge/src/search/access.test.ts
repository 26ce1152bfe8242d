import type { Identity, SearchResult } from '@dure/contracts'
import type { Service } from '@dure/platform'
import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person, setUpKnowledge } from '../testing.ts'

const MODES = ['keyword', 'vector', 'hybrid'] as const
const SECRET = '합병 계획은 사월에 발표합니다'
const PUBLIC = '휴가 계획은 팀장에게 알립니다'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let base: string
let secretId: string

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small' })
  app = await knowledge.start('all')
  base = await as({}).createBase()
  secretId = await put(base, 'secret.txt', SECRET, ['user:usr_ana', 'group:board'])
  await put(base, 'public.txt', PUBLIC)
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})

const as = (who: string | Partial<Identity>) =>
  knowledge.client(app, typeof who === 'string' ? person(who) : who)

async function put(shelf: string, name: string, text: string, access?: string[]) {
  const body = { name, text, ...(access && { access }) }
  const { id } = (await as({}).call('POST', `/${shelf}/documents`, { body })).json()
  await as({}).settled(shelf, id)
  return id
}
const setAccess = (id: string, access: string[]) =>
  as({}).call('PUT', `/${base}/documents/${id}/access`, { body: { access } })
const search = (who: string | Partial<Identity>, query: string, more = {}): Promise<SearchResult> =>
  as(who).search(base, query, { topK: 10, ...more })
const names = ({ chunks }: SearchResult) => chunks.map(({ documentName }) => documentName)

describe.each(MODES)('a search by %s', (mode) => {
  test('finds a document for who may see it, and nothing of it for others', async () => {
    const allowed = await search('ana', SECRET, { mode })
    const other = await search('bo', SECRET, { mode })

    expect(names(allowed)).toContain('secret.txt')
    expect(allowed.citations.map(({ documentId }) => documentId)).toContain(secretId)
    expect(names(other)).toEqual(['public.txt'])
    expect(other.citations).toHaveLength(1)
    expect(other.context).not.toContain('합병')
    expect(JSON.stringify(other)).not.toContain(secretId)
  })

  test('knows a changed access at once, to and fro', async () => {
    const isFound = async () => names(await search('bo', SECRET, { mode })).includes('secret.txt')

    for (const access of [
      ['everybody'],
      ['user:usr_ana'],
      ['user:usr_bo'],
      ['user:usr_ana', 'group:board'],
    ]) {
      await setAccess(secretId, access)
      expect(await isFound(), access.join()).toBe(/everybody|usr_bo/.test(access.join()))
    }
  })

  test('for a person gives what this person may see, and never more', async () => {
    const onBehalfOf = { user: 'carol', groups: ['board'] }

    expect(names(await search({}, SECRET, { mode, onBehalfOf }))).toContain('secret.txt')
    expect(names(await search('bo', SECRET, { mode, onBehalfOf }))).toEqual(['public.txt'])
    const nobody = await search({}, SECRET, { mode, onBehalfOf: { user: 'dan' } })
    expect(names(nobody)).toEqual(['public.txt'])
  })

  test('fills its answer from the few that are allowed, however many better ones are not', async () => {
    const shelf = await as({}).createBase()
    const better = Array.from({ length: 60 }, (_, n) => `# ${n}\n${SECRET}`).join('\n\n')
    await put(shelf, 'hidden.md', better, [])
    for (const n of [1, 2, 3]) await put(shelf, `open${n}.txt`, `${SECRET} ${n}`)

    const { chunks } = await as('bo').search(shelf, SECRET, { mode, topK: 3 })

    expect(
      chunks.map(({ documentName }: { documentName: string }) => documentName).toSorted(),
    ).toEqual(['open1.txt', 'open2.txt', 'open3.txt'])
  })
})

test('400: a mistyped list of groups is not nobody at all', async () => {
  const body = { query: SECRET, onBehalfOf: { user: 'carol', group: ['board'] } }
  const response = await as({}).call('POST', `/${base}/search`, { body })

  const errors = [expect.objectContaining({ pointer: '#/onBehalfOf/group' })]
  expect(response.json()).toMatchObject({ status: 400, code: 'request.invalid', errors })
})

test('a document that is hidden while a search is under way is not shown', async () => {
  const shelf = await as({}).createBase()
  const id = await put(shelf, 'late.txt', SECRET)
  await as('bo').search(shelf, SECRET)
  // As another process would do it, before this one hears of it.
  await knowledge.pool.query(`UPDATE document SET access = '{}' WHERE id = $1`, [id])

  expect((await as('bo').search(shelf, SECRET)).chunks).toEqual([])
})
