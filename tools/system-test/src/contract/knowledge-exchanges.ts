import { until } from '../system.ts'
import type { Recorder } from './recorder.ts'

const TEXT = '# Refunds\nMoney goes back to the card within three days.'

/** A knowledge base with a document that can be found, and what may be said of both. */
export async function knowledgeExchanges({ call, exchange }: Recorder): Promise<void> {
  const base = await exchange('POST', '/v1/knowledge-bases', { name: 'Shop' })
  const at = `/v1/knowledge-bases/${base.id}`
  await exchange('PATCH', at, { vectorWeight: 0.5 })
  const body = { name: 'refunds.md', text: TEXT, mediaType: 'text/markdown' }
  const document = await call<{ id: string }>('POST', `${at}/documents`, body)
  const one = `${at}/documents/${document.body.id}`
  await until(async () => {
    const { body: now } = await call<{ status: string }>('GET', one)
    return now.status === 'ready'
  }, 'the document is ready')
  await exchange('GET', one)
  await exchange('POST', `${at}/search`, { query: 'refunds', mode: 'keyword' })
  await exchange('PUT', `${one}/metadata`, { metadata: { language: 'en' } })
  await exchange('PUT', `${one}/access`, { access: ['everybody'] })
  await exchange('DELETE', one)
  await exchange('DELETE', at)
}
