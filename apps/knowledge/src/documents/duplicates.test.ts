import { startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { docx, paragraph } from '../parsing/testing/office.ts'
import { setUpKnowledge } from '../testing.ts'

let model: Awaited<ReturnType<typeof startScriptedModel>>
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small' })
  client = knowledge.client(await knowledge.start('all'))
  base = await client.createBase()
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})

const HEDGEHOG = docx(paragraph('고슴도치의 환불 규정'))
const OWL = docx(paragraph('수리부엉이 안내'))

async function upload(name: string, bytes: Uint8Array) {
  const file = new Blob([Buffer.from(bytes)])
  return client.settled(base, (await client.upload(base, file, name)).json().id)
}

test('the same file under another name is a document of its own, made of what is there', async () => {
  const first = await upload('first.docx', HEDGEHOG)
  // As a parser would never have it: so it was not asked again.
  await knowledge.pool.query('UPDATE document SET text = text || $2 WHERE id = $1', [
    first.id,
    ' (kept)',
  ])
  const asked: string[] = []
  model.rewriteEmbeddings(({ input }) => void asked.push(...input))

  const second = await upload('second.docx', HEDGEHOG)

  expect(second.id).not.toBe(first.id)
  expect(second).toMatchObject({ status: 'ready', chunkCount: 1, vectorCount: 1 })
  const { rows } = await knowledge.pool.query('SELECT text FROM document WHERE id = $1', [
    second.id,
  ])
  expect(rows[0].text).toContain('(kept)')
  expect(asked).toEqual([])
})

test('its passages do not crowd the results, and are found when the other one is gone', async () => {
  const first = await upload('a.docx', OWL)
  await upload('b.docx', OWL)
  await upload('c.docx', docx(paragraph('수리부엉이가 우는 밤')))

  const found = (await client.search(base, '수리부엉이', { topK: 2 })).chunks
  expect(found.map(({ text }: { text: string }) => text.split('\n')[0])).toEqual([
    '수리부엉이 안내',
    '수리부엉이가 우는 밤',
  ])

  await client.call('DELETE', `/${base}/documents/${first.id}`)
  const left = (await client.search(base, '수리부엉이 안내', { topK: 1 })).chunks
  expect(left).toMatchObject([{ documentName: 'b.docx' }])
})
