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

test('a gateway that stops ends its streams', async () => {
  const alone = await startGateway()
  alone.peers.agent.listener = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  }
  const { body } = await alone.fetch('/v1/models')
  const ended = expect(body?.getReader().read()).rejects.toThrow()
  await alone.close()
  await ended
})
