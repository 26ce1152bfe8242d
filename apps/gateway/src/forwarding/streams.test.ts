import { once } from 'node:events'
import type http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerTo, startGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

describe('a stream of events', () => {
  /** A stream that the test writes to. */
  function streaming() {
    const begun = Promise.withResolvers<http.ServerResponse>()
    const listener: http.RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      response.flushHeaders()
      begun.resolve(response)
    }
    return { listener, begun: begun.promise }
  }

  test('arrives event by event, its head before the first', async () => {
    const { listener, begun } = streaming()
    await gateway.withPeer('agent', listener, async () => {
      const request = gateway.open('/v1/models')
      request.end()
      const response = await answerTo(request)
      const atService = await begun
      for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
        const arrived = once(response, 'data')
        atService.write(event)
        expect(String(await arrived)).toBe(event)
      }
      atService.end()
      response.resume()
      await once(response, 'end')
    })
  })

  test('has no deadline', async () => {
    const { listener, begun } = streaming()
    await gateway.withPeer('agent', listener, async () => {
      const request = gateway.open('/v1/models', { headers: { 'x-request-timeout': '2' } })
      request.end()
      const response = await answerTo(request)
      const atService = await begun
      // Another request that began later is over: so is the time of the stream.
      gateway.peers.analytics.listener = () => {}
      const over = await gateway.fetch('/v1/usage', { headers: { 'x-request-timeout': '2' } })
      expect(over.status).toBe(504)
      const arrived = once(response, 'data')
      atService.write('data: late\n\n')
      expect(String(await arrived)).toBe('data: late\n\n')
      request.destroy()
    })
  })

  test('ends at the service when the client leaves', async () => {
    const { listener, begun } = streaming()
    await gateway.withPeer('agent', listener, async () => {
      const request = gateway.open('/v1/models')
      request.end()
      await answerTo(request)
      const closed = once(await begun, 'close')
      request.destroy()
      await closed
    })
  })

  test('keeps no request out, however many there are', async () => {
    const streams: http.ClientRequest[] = []
    await gateway.withPeer('agent', streaming().listener, async () => {
      for (let count = 0; count < 80; count++) {
        const request = gateway.open('/v1/models')
        request.end()
        streams.push(request)
      }
      await Promise.all(streams.map(answerTo))
    })
    expect((await gateway.fetch('/v1/models')).status).toBe(200)
    for (const request of streams) request.destroy()
  })
})

describe('a gateway that stops', () => {
  const stream = async (path: string, written: string) => {
    const alone = await startGateway()
    const listener: http.RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(written)
    }
    alone.peers.workflow.listener = listener
    const { body } = await alone.fetch(path)
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    const read = async () => Buffer.from((await reader.read()).value ?? []).toString()
    let received = await read()
    while (received.length < written.length) received += await read()
    expect(received).toBe(written)
    const rest = (async () => {
      let text = ''
      for (let more = await reader.read(); !more.done; more = await reader.read()) {
        text += Buffer.from(more.value).toString()
      }
      return text
    })()
    // Looked at below, after the gateway has closed.
    rest.catch(() => {})
    await alone.close()
    return rest
  }

  test('tells readers of events to come back', async () => {
    const rest = await stream('/v2/runs/run_1/events', 'id: run_1.7\nevent: x\ndata: {}\n\n')
    expect(rest).toBe('event: reconnect\ndata: {}\n\n')
  })

  test('adds nothing to half an event, which readers discard', async () => {
    expect(await stream('/v1/runs/run_1/events', 'id: run_1.7\ndata: {"half')).toBe('')
  })

  test('cuts off a stream that nobody can resume', async () => {
    const rest = stream('/openai/v1/chat/completions', 'data: {"choices":[]}\n\n')
    await expect(rest).rejects.toThrow()
  })
})
