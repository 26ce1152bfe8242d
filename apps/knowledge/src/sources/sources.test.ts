import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdf } from '../parsing/testing/pdf.ts'
import { setUpKnowledge } from '../testing.ts'
import { createSourceStore } from './store.ts'

let site: Server
let address: string
let answer: RequestListener = (_request, response) => response.end()
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  site = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1')
  await once(site, 'listening')
  address = `127.0.0.1:${(site.address() as AddressInfo).port}`
  knowledge = await setUpKnowledge({ EGRESS_ALLOW: address })
  client = knowledge.client(await knowledge.start('all'))
  base = await client.createBase()
})
afterAll(async () => {
  await knowledge.tearDown()
  site.close()
})

const post = (body: object) => client.call('POST', `/${base}/documents`, { body })

async function fetched(path: string, more: object = {}) {
  const response = await post({ url: `http://${address}${path}`, ...more })
  expect(response.statusCode, response.body).toBe(202)
  return client.settled(base, response.json().id)
}

/** A page that knows its versions, as web servers do. */
function page(content: () => string, asked: string[] = []): RequestListener {
  return (request, response) => {
    const etag = `"${content().length}"`
    asked.push(String(request.headers['if-none-match']))
    response.setHeader('etag', etag).setHeader('content-type', 'text/html; charset=utf-8')
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.end(content())
  }
}

/** As if the interval had passed. @returns the document after the look */
async function nextLook(id: string) {
  const { rows } = await knowledge.pool.query(
    'UPDATE document_source SET due_at = now() WHERE document_id = $1 RETURNING fetches',
    [id],
  )
  await eventually(async () => {
    // While it is asked, it is due in a minute.
    const { rowCount } = await knowledge.pool.query(
      `SELECT FROM document_source
        WHERE document_id = $1 AND fetches > $2 AND due_at > now() + interval '61 seconds'`,
      [id, rows[0].fetches],
    )
    expect(rowCount).toBe(1)
  })
  return client.get(base, id)
}

describe('a document from a URL', () => {
  test('is fetched, found, and known by its address', async () => {
    answer = page(() => '<h1>환불</h1><p>너구리도 환불을 받는다.</p>')

    const document = await fetched('/%ED%99%98%EB%B6%88?a=1')

    expect(document).toMatchObject({
      name: `${address}/환불?a=1`,
      mediaType: 'text/html',
      status: 'ready',
      version: 1,
      source: {
        url: `http://${address}/%ED%99%98%EB%B6%88?a=1`,
        checkedAt: expect.any(String),
      },
    })
    expect(document.source.nextAt).toBeUndefined()
    const { chunks, citations } = await client.search(base, '너구리')
    const source = { trust: 'external', url: document.source.url }
    expect(chunks).toMatchObject([{ documentId: document.id, headings: ['환불'], source }])
    expect(citations).toMatchObject([{ documentId: document.id, source }])
  })

  test('is asked again, and changes nothing while it is the same', async () => {
    const asked: string[] = []
    answer = page(() => '<p>그대로인 오소리</p>', asked)
    const first = await fetched('/same', { name: '오소리', resync: { everyS: 600 } })

    const next = await nextLook(first.id)

    expect(asked).toEqual(['undefined', `"${'<p>그대로인 오소리</p>'.length}"`])
    expect(next).toMatchObject({ status: 'ready', version: 1, updatedAt: first.updatedAt })
    expect(next.source.resync).toEqual({ everyS: 600 })
  })

  test('has a new version when it has changed, and the old one is found until then', async () => {
    let text = '<p>옛날 족제비</p>'
    answer = page(() => text)
    const { id } = await fetched('/changing', { resync: { everyS: 600 } })
    text = '<p>새로운 담비가 왔다</p>'

    await nextLook(id)
    const document = await client.settled(base, id)

    expect(document).toMatchObject({ status: 'ready', version: 2, publishedVersion: 2 })
    expect((await client.search(base, '담비')).chunks).toHaveLength(1)
    expect((await client.search(base, '족제비')).chunks).toHaveLength(0)
  })

  test('stays as it was while its address fails, says why, and is asked less often', async () => {
    answer = page(() => '<p>변함없는 수달</p>')
    const { id } = await fetched('/failing', { resync: { everyS: 600 } })
    answer = (_request, response) => response.writeHead(500).end()

    await nextLook(id)
    const document = await nextLook(id)

    expect(document).toMatchObject({
      status: 'ready',
      publishedVersion: 1,
      source: { error: { code: 'document.source-unavailable' } },
    })
    expect(Date.parse(document.source.nextAt) - Date.now()).toBeGreaterThan(1100_000)
    expect((await client.search(base, '수달')).chunks).toHaveLength(1)
    answer = page(() => '<p>변함없는 수달</p>')
    expect((await nextLook(id)).source.error).toBeUndefined()
  })

  test('is read as what it is, whatever it is said to be', async () => {
    answer = (_request, response) =>
      response
        .setHeader('content-type', 'application/octet-stream')
        .end(pdf([[[50, 700, 11, '해달은 조개를 먹는다']]]))

    expect(await fetched('/file')).toMatchObject({ status: 'ready', mediaType: 'application/pdf' })
    expect((await client.search(base, '해달')).chunks).toMatchObject([{ page: 1 }])
  })

  test.each<[string, RequestListener]>([
    ['document.source-refused', (_request, response) => response.writeHead(404).end('no')],
    [
      'egress.forbidden-address',
      (_request, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
    ],
    [
      'egress.forbidden-port',
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['egress.too-large', (_request, response) => response.end(Buffer.alloc(11_000_000, 'a'))],
    [
      'document.unsupported-media-type',
      (_request, response) => response.setHeader('content-type', 'video/mp4').end('x'),
    ],
    [
      'document.empty',
      (_request, response) => response.setHeader('content-type', 'text/html').end(),
    ],
  ])('has failed with %s, and is not asked again', async (code, listener) => {
    answer = listener

    const document = await fetched(`/${code}`)

    expect(document).toMatchObject({ status: 'failed', error: { code }, publishedVersion: 0 })
    expect(document.source.nextAt).toBeUndefined()
  })

  test('has failed when its name leads to the inside', async () => {
    const response = await post({ url: 'http://localhost/' })
    const document = await client.settled(base, response.json().id)

    expect(document).toMatchObject({
      status: 'failed',
      error: { code: 'egress.forbidden-address' },
    })
  })

  test.each([
    ['http://169.254.169.254/latest/meta-data', 'document.invalid-url'],
    ['http://[::1]/', 'document.invalid-url'],
    ['http://2130706433/', 'document.invalid-url'],
    ['https://example.com:22/', 'document.invalid-url'],
    ['file:///etc/passwd', 'document.invalid-url'],
    ['https://a:b@example.com/', 'document.invalid-url'],
    ['no url', 'document.invalid-url'],
  ])('400: %s', async (url, code) => {
    const response = await post({ url })

    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code, errors: [{ pointer: '#/url' }] })
  })

  test.each([
    [{}, 'document.no-content'],
    [{ name: 'a', text: 'x', url: 'https://example.com/' }, 'document.no-content'],
    [{ name: 'a', text: 'x', resync: { everyS: 600 } }, 'document.no-content'],
    [{ url: 'https://example.com/', resync: { everyS: 1 } }, 'request.invalid'],
    [{ url: 'https://example.com/', name: 'a\nb' }, 'document.invalid-name'],
  ])('400: %j', async (body, code) => {
    const response = await post(body)

    expect([response.statusCode, response.json().code]).toEqual([400, code])
  })

  test('is fetched no more when something is sent under its name', async () => {
    answer = page(() => '<p>웹의 글</p>')
    const { id } = await fetched('/replaced', { name: 'mine.txt', resync: { everyS: 600 } })

    await client.put(base, 'mine.txt', '보낸 글')
    const document = await client.settled(base, id)

    expect(document).toMatchObject({ version: 2, status: 'ready' })
    expect(document.source).toBeUndefined()
  })

  test('is asked by one process at a time, and by another when that one is gone', async () => {
    const other = await setUpKnowledge()
    const api = other.client(await other.start('api'))
    const shelf = await api.createBase()
    const body = { url: 'https://example.com/' }
    const { id } = (await api.call('POST', `/${shelf}/documents`, { body })).json()
    const store = createSourceStore(other.pool)

    const taken = (await Promise.all([store.due(8), store.due(8), store.due(8)])).flat()
    expect(taken.map(({ documentId }) => documentId)).toEqual([id])
    await other.pool.query("UPDATE document_source SET due_at = '-infinity'")
    const again = await store.due(8)

    expect(again).toHaveLength(1)
    expect(await store.unchanged(taken[0] as (typeof taken)[0], undefined)).toBe(false)
    await other.tearDown()
  })

  test('leaves nothing behind when it is deleted', async () => {
    answer = page(() => '<p>사라질 글</p>')
    const { id } = await fetched('/gone', { resync: { everyS: 600 } })

    await client.call('DELETE', `/${base}/documents/${id}`)

    const { rows } = await knowledge.pool.query(
      'SELECT FROM document_source WHERE document_id = $1',
      [id],
    )
    expect(rows).toEqual([])
  })
})
