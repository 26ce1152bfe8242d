import type { Service } from '@dure/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person, setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let base: string
let count = 0

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  app = await knowledge.start('all')
  base = await as().createBase()
})
afterAll(() => knowledge.tearDown())

const as = (name?: string) => knowledge.client(app, name === undefined ? {} : person(name))
const pathOf = (id: string) => `/${base}/documents/${id}`
const named = () => `${++count}.txt`
const codeOf = async (response: Promise<{ statusCode: number; json: () => { code: string } }>) => {
  const { statusCode, json } = await response
  return [statusCode, json().code]
}

async function create(access: string[], name = named()) {
  const body = { name, text: '비밀 계획', access }
  return (await as().call('POST', `/${base}/documents`, { body })).json()
}
const setAccess = (who: string | undefined, id: string, access: string[], headers = {}) =>
  as(who).call('PUT', `${pathOf(id)}/access`, { body: { access }, headers })

describe('a document that is not for me', () => {
  test('404: as if it were not there, on every route, and on no list', async () => {
    const { id } = await create(['user:usr_ana'])
    const calls = [
      ['GET', ''],
      ['GET', '/events'],
      ['GET', '/chunks'],
      ['POST', '/reprocess'],
      ['DELETE', ''],
      ['PUT', '/access', { access: ['everybody'] }],
    ] as const

    for (const [method, rest, body] of calls) {
      const hidden = as('bo').call(method, pathOf(id) + rest, body && { body })
      const absent = as('bo').call(method, pathOf(`doc_${'0'.repeat(32)}`) + rest, body && { body })
      expect(await codeOf(hidden)).toEqual([404, 'document.not-found'])
      expect((await hidden).json().detail).toBe((await absent).json().detail)
    }
    expect((await as('ana').call('GET', pathOf(id))).statusCode).toBe(200)
    const listed = async (who: string) =>
      (await as(who).call('GET', `/${base}/documents`))
        .json()
        .data.map((one: { id: string }) => one.id)
    expect(await listed('ana')).toContain(id)
    expect(await listed('bo')).not.toContain(id)
  })

  test('409: keeps its name, its text and its readers', async () => {
    const { id, name, version } = await create(['user:usr_ana'])
    const body = { name, text: '다른 글' }

    const taken = as('bo').call('POST', `/${base}/documents`, { body })

    expect(await codeOf(taken)).toEqual([409, 'document.name-taken'])
    expect(await as('ana').get(base, id)).toMatchObject({ version, access: ['user:usr_ana'] })
  })

  test('is on no page of a list, and pages are full all the same', async () => {
    const shelf = await as().createBase()
    for (const [index, access] of [[], ['everybody'], [], ['everybody'], []].entries()) {
      const body = { name: `${index}.txt`, text: 'x', access }
      await as().call('POST', `/${shelf}/documents`, { body })
    }

    const { data, nextCursor } = (await as('bo').call('GET', `/${shelf}/documents?limit=2`)).json()

    expect(data.map(({ name }: { name: string }) => name)).toEqual(['3.txt', '1.txt'])
    expect(nextCursor).toBeNull()
  })
})

describe('PUT /v1/knowledge-bases/:id/documents/:id/access', () => {
  test('200: the document is for others from the next request on', async () => {
    const { id } = await create(['everybody'])

    const set = await setAccess('ana', id, ['role:auditor', 'user:usr_ana'])

    expect(set.statusCode).toBe(200)
    expect(set.json()).toMatchObject({ id, access: ['role:auditor', 'user:usr_ana'] })
    expect((await as('bo').call('GET', pathOf(id))).statusCode).toBe(404)
    const auditor = knowledge.client(app, person('bo', { roles: ['auditor'] }))
    expect((await auditor.call('GET', pathOf(id))).statusCode).toBe(200)
  })

  test('400: nobody shuts themselves out, except who sees all', async () => {
    const { id } = await create(['everybody'])

    expect(await codeOf(setAccess('ana', id, ['user:usr_bo']))).toEqual([
      400,
      'document.access-without-you',
    ])
    expect((await setAccess(undefined, id, [])).statusCode).toBe(200)
    expect((await as('ana').call('GET', pathOf(id))).statusCode).toBe(404)
  })

  test.each([
    ['a name without a kind', ['ana']],
    ['an unknown kind', ['team:sales']],
    ['a control character', ['group:a\u0000']],
    ['no name', ['user:']],
  ])('400: %s', async (_what, access) => {
    const { id } = await create(['everybody'])

    const response = await setAccess('ana', id, access)

    expect(response.statusCode).toBe(400)
    expect(response.json().errors).toMatchObject([{ pointer: '#/access/0' }])
  })

  test('412: not over the change of somebody else', async () => {
    const { id } = await create(['everybody'])
    const { etag = '' } = (await as('ana').call('GET', pathOf(id))).headers
    await setAccess('ana', id, ['user:usr_ana', 'user:usr_bo'])

    const late = await setAccess('bo', id, ['user:usr_bo'], { 'if-match': String(etag) })

    expect(late.statusCode).toBe(412)
    expect((await as('ana').get(base, id)).access).toEqual(['user:usr_ana', 'user:usr_bo'])
  })
})

describe('a new version of a document', () => {
  test('202: is for whom the one before it was', async () => {
    const { id, name } = await create(['user:usr_ana'])

    const body = { name, text: '새 글' }
    const next = await as('ana').call('POST', `/${base}/documents`, { body })

    expect(next.json()).toMatchObject({ id, version: 2, access: ['user:usr_ana'] })
  })

  test('409: cannot be for others: until it is ready, they would see the one before it', async () => {
    const { name } = await create(['user:usr_ana'])

    const body = { name, text: '새 글', access: ['everybody'] }
    const response = as('ana').call('POST', `/${base}/documents`, { body })

    expect(await codeOf(response)).toEqual([409, 'document.name-taken'])
  })
})

test('202: a file has its access from the form that it comes in', async () => {
  const form = new FormData()
  form.append('access', '["user:usr_ana"]')
  form.append('file', new Blob(['비밀']), named())

  const { id, access } = (await as('ana').call('POST', `/${base}/documents`, { form })).json()

  expect(access).toEqual(['user:usr_ana'])
  expect((await as('bo').call('GET', pathOf(id))).statusCode).toBe(404)
})

test.each([
  ['what is no JSON', 'access', 'everybody', 'document.invalid-upload'],
  ['what is no list', 'access', '"everybody"', 'request.invalid'],
  ['an unknown field', 'owner', '"ana"', 'document.invalid-upload'],
])('400: a form with %s', async (_what, field, value, code) => {
  const form = new FormData()
  form.append(field, value)
  form.append('file', new Blob(['글']), named())

  const response = as('ana').call('POST', `/${base}/documents`, { form })

  expect(await codeOf(response)).toEqual([400, code])
})
