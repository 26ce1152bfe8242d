import type { Service } from '@dure/platform'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  app = await knowledge.start('all')
  client = knowledge.client(app)
  base = await client.createBase()
})
afterAll(() => knowledge.tearDown())

const markdown = (text: string) => new Blob([text], { type: 'text/markdown' })

describe('POST /v1/knowledge-bases/:id/documents', () => {
  test('202: takes a file in, and says when its text can be found', async () => {
    const response = await client.upload(base, markdown('# 환불\n7일 안에'), '환불 안내.md')

    expect(response.statusCode).toBe(202)
    const accepted = response.json()
    expect(accepted).toMatchObject({
      name: '환불 안내.md',
      mediaType: 'text/markdown',
      status: 'queued',
      version: 1,
      publishedVersion: 0,
    })
    expect(response.headers.location).toBe(`/v1/knowledge-bases/${base}/documents/${accepted.id}`)
    expect(await client.settled(base, accepted.id)).toMatchObject({
      status: 'ready',
      publishedVersion: 1,
      chunkCount: 1,
    })
  })

  test('202: takes a text as JSON; its name decides what it is', async () => {
    const byName = await client.put(base, 'notes.markdown', '# a')
    const otherwise = await client.put(base, 'notes', '# a')

    expect(byName.mediaType).toBe('text/markdown')
    expect(otherwise.mediaType).toBe('text/plain')
  })

  test('202: the same content again changes nothing', async () => {
    const first = await client.put(base, 'same.txt', 'one')
    const ready = await client.settled(base, first.id)

    const second = await client.put(base, 'same.txt', 'one')

    expect(second).toEqual(ready)
  })

  test('202: other content under the same name is a new version of the same document', async () => {
    const first = await client.put(base, 'changing.txt', 'one')
    await client.settled(base, first.id)

    const second = await client.put(base, 'changing.txt', 'two')

    expect(second).toMatchObject({ id: first.id, version: 2, status: 'queued' })
    expect(await client.settled(base, first.id)).toMatchObject({
      status: 'ready',
      publishedVersion: 2,
    })
  })

  test('202: twenty uploads of one name at once make one document', async () => {
    const documents = await Promise.all(
      Array.from({ length: 20 }, () => client.put(base, 'raced.txt', 'the same')),
    )

    expect(new Set(documents.map(({ id }) => id)).size).toBe(1)
    expect(await client.settled(base, documents[0].id)).toMatchObject({ version: 1 })
  })

  test('202: a name is the same name however its syllables are composed', async () => {
    const composed = await client.put(base, '한글.txt', 'one')
    const decomposed = await client.put(base, '한글.txt'.normalize('NFD'), 'one')

    expect(decomposed.id).toBe(composed.id)
  })

  test.each([
    ['document.not-text', 'a\0b', 'nul.txt'],
    ['document.empty', '', 'empty.pdf'],
    ['document.empty', ' \n', 'empty.txt'],
  ])('400: %s', async (code, content, name) => {
    const response = await client.upload(base, new Blob([content]), name)

    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe(code)
  })

  test.each([
    ['half a surrogate pair', '\ud83d', 'request.unusable-text'],
    ['a NUL', 'a\0b', 'request.unusable-text'],
    ['no text', ' \n\t', 'document.empty'],
  ])('400: %s', async (_what, text, code) => {
    const response = await client.call('POST', `/${base}/documents`, { body: { name: 'a', text } })

    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe(code)
  })

  test.each(['', '  ', 'a\nb.txt', `${'a'.repeat(252)}.txt`])(
    '400: %j is not a name',
    async (name) => {
      const response = await client.call('POST', `/${base}/documents`, {
        body: { name, text: 'x' },
      })

      expect(response.statusCode).toBe(400)
    },
  )

  test('400: a column that is not for clients', async () => {
    const body = { name: 'a.txt', text: 'x', status: 'ready', organizationId: 'org_1' }

    const response = await client.call('POST', `/${base}/documents`, { body })

    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe('request.invalid')
  })

  test.each([
    ['no file', []],
    ['a file in another field', ['document']],
    ['two files', ['file', 'file']],
  ])('4xx: a form with %s', async (_what, fields) => {
    const form = new FormData()
    for (const field of fields) form.append(field, markdown('x'), 'a.md')

    const response = await client.call('POST', `/${base}/documents`, { form })

    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe('document.invalid-upload')
  })

  test('400: a form that is cut off', async () => {
    const headers = await client.headers()
    const response = await app.inject({
      method: 'POST',
      url: `/v1/knowledge-bases/${base}/documents`,
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=xyz' },
      payload: '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\nhal',
    })

    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe('document.invalid-upload')
  })

  test('400: a body in JSON cannot pretend to be an uploaded file', async () => {
    const body = { file: { name: 'a.md', bytes: 'x', path: '/etc/passwd' } }

    const response = await client.call('POST', `/${base}/documents`, { body })

    expect(response.statusCode).toBe(400)
  })

  test('413: more than 10 MiB, in a form and in JSON', async () => {
    const text = 'a'.repeat(10 * 1024 * 1024 + 1)

    const form = await client.upload(base, markdown(text), 'large.md')
    const json = await client.call('POST', `/${base}/documents`, { body: { name: 'a.md', text } })

    expect(form.statusCode).toBe(413)
    expect(form.json().code).toBe('document.too-large')
    expect(json.statusCode).toBe(413)
    expect(json.json().code).toBe('document.too-large')
  })

  test.each([
    ['page.md', 'text/html'],
    ['letter.hwp', 'text/plain'],
    ['letter.pdf', 'image/png'],
    ['program.exe', 'application/octet-stream'],
    ['picture.svg', 'image/svg+xml'],
    ['nothing', 'application/pdf'],
    ['.md', 'text/markdown'],
  ])('415: a file %s that says it is %s', async (name, type) => {
    const response = await client.upload(base, new Blob(['x'], { type }), name)

    expect(response.statusCode).toBe(415)
    expect(response.json().code).toBe('document.unsupported-media-type')
  })

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', undefined])(
    '415: a body of type %s',
    async (type) => {
      const response = await app.inject({
        method: 'POST',
        url: `/v1/knowledge-bases/${base}/documents`,
        headers: { ...(await client.headers()), ...(type && { 'content-type': type }) },
        ...(type && { payload: '{"name":"a.md","text":"x"}' }),
      })

      expect(response.statusCode).toBe(415)
    },
  )

  test('415: a type that is declared in JSON and is not one of ours', async () => {
    const body = { name: 'a.md', text: 'x', mediaType: 'text/html' }

    const response = await client.call('POST', `/${base}/documents`, { body })

    expect(response.statusCode).toBe(415)
  })
})

describe('GET and DELETE', () => {
  test('200: pages through all documents, each once', async () => {
    const other = await client.createBase()
    const names = ['1.txt', '2.txt', '3.txt', '4.txt', '5.txt']
    for (const name of names) await client.put(other, name, name)

    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await client.call('GET', `/${other}/documents?limit=2${cursor}`)).json()
      seen.push(...page.data.map(({ name }: { name: string }) => name))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')

    expect(seen).toEqual(names.toReversed())
  })

  test('200: lists knowledge bases of the caller alone', async () => {
    const page = await client.call('GET', '?limit=100')
    const foreign = await client.call('GET', '?limit=100', { tenant: STRANGER })

    expect(page.json().data.map(({ id }: { id: string }) => id)).toContain(base)
    expect(foreign.json()).toEqual({ data: [], nextCursor: null })
  })

  test.each(['garbage', 'WyJ4IiwieSJd', 'W10'])('400: %s is not a cursor', async (cursor) => {
    const response = await client.call('GET', `?cursor=${cursor}`)

    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe('page.invalid-cursor')
  })

  test('404: a deleted knowledge base is gone at once, and its rows a little later', async () => {
    const other = await client.createBase()
    const { id } = await client.put(other, 'a.txt', '사라질 글')
    await client.settled(other, id)

    expect((await client.call('DELETE', `/${other}`)).statusCode).toBe(204)

    for (const path of [`/${other}`, `/${other}/documents`, `/${other}/documents/${id}`]) {
      expect((await client.call('GET', path)).statusCode).toBe(404)
    }
    const search = await client.call('POST', `/${other}/search`, { body: { query: '사라질' } })
    expect(search.statusCode).toBe(404)
    await expect
      .poll(
        async () =>
          (await knowledge.pool.query('SELECT FROM chunk WHERE knowledge_base_id = $1', [other]))
            .rowCount,
        { timeout: 15_000 },
      )
      .toBe(0)
  })
})
