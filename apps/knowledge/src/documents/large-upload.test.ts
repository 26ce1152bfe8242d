import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let port: number

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  const app = await knowledge.start('api')
  client = knowledge.client(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as AddressInfo).port
})
afterAll(() => knowledge.tearDown())

const MEBIBYTE = 1024 * 1024
const MEGABYTE = Buffer.alloc(1_000_000, 'a')
const FORM_HEAD =
  '--xyz\r\nContent-Disposition: form-data; name="file"; filename="large.txt"\r\n\r\n'

test('a file of 200 MB is refused as soon as it is too large, and the rest is not waited for', async () => {
  const base = await client.createBase()
  const upload = request({
    method: 'POST',
    host: '127.0.0.1',
    port,
    path: `/v1/knowledge-bases/${base}/documents`,
    headers: {
      ...(await client.headers()),
      'content-type': 'multipart/form-data; boundary=xyz',
      'transfer-encoding': 'chunked',
    },
  })
  // Whoever still sends when the answer is there may find the connection closed.
  upload.on('error', () => undefined)
  const answered = once(upload, 'response')
  let isAnswered = false
  void answered.then(() => {
    isAnswered = true
  })
  upload.write(FORM_HEAD)
  let sent = 0
  while (!isAnswered && sent < 200) {
    sent++
    if (!upload.write(MEGABYTE)) await Promise.race([once(upload, 'drain'), answered])
  }
  const [response] = await answered

  expect(response.statusCode).toBe(413)
  expect(sent * MEGABYTE.length).toBeLessThan(50 * MEBIBYTE)
  upload.destroy()
  expect((await client.call('GET', `/${base}/documents`)).json().data).toEqual([])
})

test('a file may be as large as the operator says', async () => {
  const small = knowledge.client(await knowledge.start('api', { MAX_DOCUMENT_MB: '1' }))
  const base = await small.createBase()
  const file = (bytes: number) => new Blob([Buffer.alloc(bytes, 'a')])

  const refused = await small.upload(base, file(MEBIBYTE + 1), 'large.txt')
  const taken = await small.upload(base, file(MEBIBYTE), 'large.txt')

  expect([refused.statusCode, taken.statusCode]).toEqual([413, 202])
  expect(refused.json()).toMatchObject({
    code: 'document.too-large',
    detail: expect.stringContaining('MAX_DOCUMENT_MB'),
    details: { maxBytes: MEBIBYTE },
  })
})

test('a question of 1 MB is refused, and the next one is answered', async () => {
  const base = await client.createBase()

  const response = await client.call('POST', `/${base}/search`, {
    body: { query: '가'.repeat(350_000) },
  })

  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.statusCode).toBeLessThan(500)
  expect(await client.search(base, '가')).toMatchObject({ chunks: [] })
})
