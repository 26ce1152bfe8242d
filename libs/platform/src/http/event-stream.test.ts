import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually, silentLog } from '../testing/index.ts'
import { createEventStreams, type StreamEvent } from './event-stream.ts'
import { createService, type Service } from './service.ts'

let service: Service
let url: string
let endless: (signal: AbortSignal) => AsyncIterable<StreamEvent>
let ended: boolean

beforeEach(async () => {
  ended = false
  endless = async function* (signal) {
    yield { id: '1', event: 'first', data: { text: 'a\nb' } }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    ended = true
  }
  service = await createService({ name: 'streams', log: silentLog() })
  const streams = createEventStreams(service)
  service.get('/finite', { config: { public: true } }, (request, reply) =>
    streams.stream(request, reply, async function* () {
      yield { id: '1', event: 'first', data: 1 }
      yield { id: '2', event: 'last', data: 2 }
    }),
  )
  service.get('/endless', { config: { public: true } }, (request, reply) =>
    streams.stream(request, reply, endless),
  )
  url = await service.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(() => service.close())

test('events come with their ids, and the stream ends with its source', async () => {
  const response = await fetch(`${url}/finite`)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(await response.text()).toBe(
    'retry: 1000\n\nid: 1\nevent: first\ndata: 1\n\nid: 2\nevent: last\ndata: 2\n\n',
  )
})

test('the source is told when the client leaves', async () => {
  const leaving = new AbortController()
  const response = await fetch(`${url}/endless`, { signal: leaving.signal })
  await response.body?.getReader().read()
  leaving.abort()
  await eventually(() => expect(ended).toBe(true))
})

test('a service that stops ends its streams and tells the clients to come again', async () => {
  const response = await fetch(`${url}/endless`)
  const text = response.text()
  await service.close()
  expect(await text).toMatch(/data: \{"text":"a\\nb"\}\n\nevent: reconnect\ndata: \{\}\n\n$/)
})

test('a source that fails ends the stream, and the service goes on', async () => {
  endless = async function* () {
    yield { event: 'first', data: 1 }
    throw new Error('lost')
  }
  expect(await (await fetch(`${url}/endless`)).text()).toContain('event: first')
  expect((await fetch(`${url}/livez`)).status).toBe(200)
})
