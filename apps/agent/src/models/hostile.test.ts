import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failedCallOf } from './model-call.ts'
import { callFor } from './testing/call.ts'
import { callerOf, modelsAt } from './testing/caller.ts'

/** A provider that writes whatever a test wants to the connection. */
let server: Server
let answer: (response: ServerResponse, model: string) => void
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const pieces = await request.toArray()
    answer(response, JSON.parse(Buffer.concat(pieces).toString()).model)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const search = { name: 'search', description: 'Finds', inputSchema: { type: 'object' } }

function ask(call: Parameters<typeof callFor>[0] = {}) {
  const { port } = server.address() as AddressInfo
  const caller = callerOf(modelsAt(`http://127.0.0.1:${port}/v1`), { maxRetries: 0 })
  return caller.call(callFor({ tools: [search], ...call }))
}

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`
const chunk = (delta: object, more: object = {}) =>
  event({
    ...{ id: 'c', model: 'm' },
    choices: [{ index: 0, delta, finish_reason: null, ...more }],
  })

const WHOLE = Buffer.from(
  [
    chunk({ role: 'assistant', content: '환불 ok' }),
    chunk({
      tool_calls: [
        {
          index: 0,
          id: 'c1',
          type: 'function',
          function: { name: 'search', arguments: '{"a":1}' },
        },
      ],
    }),
    chunk({}, { finish_reason: 'tool_calls' }),
    event({ id: 'c', choices: [], usage: { prompt_tokens: 3, completion_tokens: 5 } }),
    'data: [DONE]\n\n',
  ].join(''),
)

/** Of an answer whose reason to end has come, nothing that matters is missing. */
const LAST_WORD = WHOLE.indexOf('"finish_reason":"tool_calls"')

describe('an answer that is cut at any of its bytes', () => {
  test.each([
    ['by a connection that is lost', (response: ServerResponse) => response.destroy()],
    ['by an end as if all were well', (response: ServerResponse) => response.end()],
  ])(
    '%s is whole, or a failure that says what had come',
    async (_how, cut) => {
      answer = (response, model) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(WHOLE.subarray(0, Number(model)), () => cut(response))
      }
      const places = Array.from({ length: WHOLE.length + 1 }, (_, at) => at)
      const tryOut = async (at: number) => {
        const outcome = await ask({ models: [String(at)] }).catch((error: unknown) => error)
        if (Object(outcome).toolCalls) {
          expect(at).toBeGreaterThan(LAST_WORD)
          expect(outcome).toMatchObject({ text: '환불 ok', toolCalls: [{ input: { a: 1 } }] })
          return
        }
        const code = expect.stringMatching(/^model\.(bad-response|unavailable)$/)
        expect({ at, outcome }).toMatchObject({ at, outcome: { code } })
        expect('환불 ok').toContain(failedCallOf(outcome)?.partial)
      }
      while (places.length > 0) await Promise.all(places.splice(0, 50).map(tryOut))
    },
    120_000,
  )
})

describe('a provider that never ends', () => {
  test.each([
    ['words', chunk({ content: 'word '.repeat(2000) })],
    ['thoughts', chunk({ reasoning_content: 'hm '.repeat(3000) })],
    [
      'arguments of a tool',
      chunk({
        tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: 'x'.repeat(9000) } }],
      }),
    ],
    ['nothing', `: ${' '.repeat(10_000)}\n\n`],
    ['one event', 'x'.repeat(10_000)],
  ])(
    'with %s is given up before it fills the memory',
    async (_what, piece) => {
      let sent = 0
      answer = (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write('data: ')
        const more = () => {
          while (!response.destroyed && sent < 110_000_000 && response.write(piece)) {
            sent += piece.length
          }
          sent += piece.length
          if (sent < 110_000_000) response.once('drain', more)
        }
        response.write(': \n\n')
        more()
      }

      await expect(ask()).rejects.toMatchObject({ code: 'model.bad-response' })
      expect(sent).toBeLessThan(110_000_000)
    },
    60_000,
  )
})

test.each([
  [
    'an endless name of a tool',
    {
      tool_calls: [{ index: 0, id: 'c', function: { name: 'n'.repeat(5_000_000), arguments: '' } }],
    },
  ],
  [
    'a call without an id',
    { tool_calls: [{ index: 0, function: { name: 'search', arguments: '{}' } }] },
  ],
  ['numbers for words', { content: 7 }],
  ['a list for a chunk', []],
])('%s is a typed failure, or harmless', async (_what, delta) => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`${chunk(delta)}${chunk({}, { finish_reason: 'stop' })}data: [DONE]\n\n`)
  }
  const outcome = await ask().catch((error: unknown) => error)

  const { code, finishReason } = Object(outcome)
  expect(finishReason ?? code).toMatch(/^(stop|tool-calls|model\.bad-response)$/)
})

test.each([429, 500, 502, 503])('a storm of %i ends in time', async (status) => {
  answer = (response) => response.writeHead(status).end('<html>no</html>')

  await expect(ask({ timeoutMs: 800 })).rejects.toMatchObject({
    code: expect.stringMatching(/^model\.(rate-limited|unavailable|timeout)$/),
  })
})
