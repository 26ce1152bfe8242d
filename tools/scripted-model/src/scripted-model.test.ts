import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  failing,
  garbage,
  halting,
  held,
  invalidJson,
  rateLimited,
  stalled,
  text,
  toolCalls,
  truncated,
} from './reply.ts'
import { type ScriptedModel, startScriptedModel } from './scripted-model.ts'

let model: ScriptedModel
beforeEach(async () => {
  model = await startScriptedModel()
})
afterEach(() => model.close())

interface Asking {
  readonly stream?: boolean
  readonly usage?: boolean
  readonly signal?: AbortSignal
}

function ask({ stream = false, usage = false, signal }: Asking = {}) {
  return fetch(`${model.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer secret' },
    body: JSON.stringify({
      model: 'scripted',
      stream,
      ...(usage && { stream_options: { include_usage: true } }),
      messages: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: '안녕' },
      ],
    }),
    ...(signal && { signal }),
  })
}

const eventsOf = (body: string) =>
  body
    .split('\n\n')
    .filter(Boolean)
    .map((event) => event.slice('data: '.length))

describe('a scripted model', () => {
  test('answers with its replies in order and records what it was asked', async () => {
    model.rewrite([text('one'), text('two', 'length')])

    const first = await (await ask()).json()
    const second = await (await ask()).json()

    expect(first).toMatchObject({
      model: 'scripted',
      choices: [{ message: { role: 'assistant', content: 'one' }, finish_reason: 'stop' }],
      // `Be brief`, a line feed and two syllables are 15 bytes; `one` is 3.
      usage: { prompt_tokens: 4, completion_tokens: 1, total_tokens: 5 },
    })
    expect(second).toMatchObject({ choices: [{ finish_reason: 'length' }] })
    expect(model.calls).toHaveLength(2)
    expect(model.calls[0]).toMatchObject({
      messages: [{ content: 'Be brief' }, { content: '안녕' }],
      headers: { authorization: 'Bearer secret' },
    })
  })

  test('refuses a call that is not in the script', async () => {
    model.rewrite([])

    expect((await ask()).status).toBe(400)
  })

  test('can decide by what it is asked', async () => {
    model.rewrite(({ messages }, index) => text(`${messages.length} at ${index}`))

    await ask()
    expect(await (await ask()).json()).toMatchObject({
      choices: [{ message: { content: '2 at 1' } }],
    })
  })

  test('streams word by word, then the reason, the usage and the end', async () => {
    model.rewrite([text('Hello  big world')])

    const response = await ask({ stream: true, usage: true })
    const events = eventsOf(await response.text())
    const parsed = events.slice(0, -1).map((event) => JSON.parse(event))
    const content = parsed.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')

    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(content).toBe('Hello  big world')
    expect(parsed.at(-2)).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
    expect(parsed.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 4 } })
    expect(events.at(-1)).toBe('[DONE]')
  })

  test('tells the usage of a stream to nobody who did not ask', async () => {
    model.rewrite([text('Hello')])

    expect(await (await ask({ stream: true })).text()).not.toContain('usage')
  })

  test('streams a half, and the rest when it is released', async () => {
    const reply = halting('one two three four')
    model.rewrite([reply])

    const reader = (await ask({ stream: true })).body?.getReader()
    const decode = async () => Buffer.from((await reader?.read())?.value ?? []).toString()
    const first = await decode()
    reply.release()
    const rest = await decode()

    expect(first).toContain('one ')
    expect(first).not.toContain('four')
    expect(rest).toContain('four')
    expect(rest).toContain('[DONE]')
  })

  test('ends a stream in the middle, by itself or with an error', async () => {
    model.rewrite([truncated({ by: 'end' }), truncated({ by: 'error-event', reportsUsage: true })])

    const ended = await (await ask({ stream: true })).text()
    const failed = await (await ask({ stream: true })).text()

    expect(ended).toContain('answer ')
    expect(ended).not.toMatch(/"finish_reason":"|DONE|usage/)
    expect(failed).toMatch(/"usage".*"error".*500/s)
  })

  test('calls tools', async () => {
    model.rewrite([toolCalls({ name: 'search', arguments: { query: 'x' } })])

    expect(await (await ask()).json()).toMatchObject({
      choices: [
        {
          finish_reason: 'tool_calls',
          message: { tool_calls: [{ function: { name: 'search', arguments: '{"query":"x"}' } }] },
        },
      ],
    })
  })

  test('is limited and fails as it is told', async () => {
    model.rewrite([rateLimited(7), failing(503, { message: 'overloaded' })])

    const limited = await ask()
    const failed = await ask()

    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    expect(failed.status).toBe(503)
    expect(await failed.json()).toMatchObject({ error: { message: 'overloaded' } })
  })

  test.each([false, true])('drops the connection in the middle (stream: %s)', async (stream) => {
    model.rewrite([truncated()])

    const response = await ask({ stream })

    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  test.each([false, true])('begins and then says nothing more (stream: %s)', async (stream) => {
    model.rewrite([stalled('Only this')])
    const controller = new AbortController()

    const response = await ask({ stream, signal: controller.signal })
    const reader = response.body?.getReader()
    const first = await reader?.read()
    const second = reader?.read()
    controller.abort()

    expect(Buffer.from(first?.value ?? []).toString()).toContain('chatcmpl-1')
    await expect(second).rejects.toThrow()
  })

  test('answers 200 with what is no JSON', async () => {
    model.rewrite([garbage(), invalidJson()])

    await expect((await ask()).json()).rejects.toThrow()
    await expect((await ask()).json()).rejects.toThrow()
  })

  test('holds an answer back until it is released', async () => {
    const reply = held(text('late'))
    model.rewrite((_call, index) => (index === 0 ? reply : text('early')))
    const order: string[] = []
    const late = ask().then(() => order.push('late'))

    await ask().then(() => order.push('early'))
    reply.release()
    await late

    expect(order).toEqual(['early', 'late'])
  })
})
