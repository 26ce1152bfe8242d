import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { demoAnswer, demoReply, startDemoModel } from './demo-model.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const ask = (content: string) => demoAnswer({ messages: [{ role: 'user', content }] })

describe('the demo model', () => {
  test('answers a Korean question in Korean with a quote and its citation', () => {
    const answer = ask(
      '[1] 환불은 14일 안에 됩니다.\n[2] 배송은 3일 걸립니다.\n\n질문: 환불은 언제까지?',
    )

    expect(answer).toContain('데모 모델')
    expect(answer).toContain('“환불은 14일 안에 됩니다.” [1]')
    expect(answer).not.toContain('[2]')
  })

  test('answers an English question in English, whatever the language of the passages', () => {
    const answer = ask('[7] Refunds take 14 days.\n\nQuestion: How long do refunds take?')

    expect(answer).toContain('demo model')
    expect(answer).toContain('“Refunds take 14 days.” [7]')
  })

  test('finds passages in the system message too', () => {
    const answer = demoAnswer({
      messages: [
        { role: 'system', content: 'Use these:\n\n[1] Refunds take 14 days.' },
        { role: 'user', content: [{ type: 'text', text: 'How long do refunds take?' }] },
      ],
    })

    expect(answer).toContain('“Refunds take 14 days.” [1]')
  })

  test('says that it has nothing to quote when it was given nothing', () => {
    expect(ask('Write a poem')).toMatch(/demo model.*none to quote/s)
    expect(ask('시를 써 줘')).toMatch(/데모 모델.*자료가 없습니다/s)
  })

  test('says so when no passage fits', () => {
    expect(ask('[1] abc def.\n\nQuestion: xyz?')).toMatch(/demo model\. No sentence/)
  })

  test('is served under the id demo, with token counts', async () => {
    const model = await startDemoModel()
    closers.push(() => model.close())

    const listed = await fetch(`${model.baseUrl}/models`).then((response) => response.json())
    const answered = await fetch(`${model.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: '12345' }] }),
    }).then((response) => response.json())

    expect(listed).toMatchObject({ data: [{ id: 'demo' }] })
    expect(answered).toMatchObject({ model: 'demo', usage: { prompt_tokens: 2 } })
  })
})

test('the process answers /health and leaves with 0 on SIGTERM', async () => {
  const entry = fileURLToPath(new URL('./demo.ts', import.meta.url))
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  closers.push(() => child.kill('SIGKILL'))
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const address = /http:\/\/[\d.:]+/.exec(line)?.[0]

  const health = await fetch(`${address}/health`)
  const exited = once(child, 'exit')
  child.kill('SIGTERM')

  expect(health.status).toBe(200)
  expect(await exited).toEqual([0, null])
})

describe('with tools, the demo model', () => {
  const offered = (...names: string[]) =>
    names.map((name) => ({ type: 'function', function: { name } }))
  const reply = (messages: object[], ...tools: string[]) =>
    demoReply({ model: 'demo', messages: messages as never, tools: offered(...tools) })
  const user = (content: string) => ({ role: 'user', content })

  test('uses each that it knows once, as the question asks for it', () => {
    const asked = [user('환불하면 12 × (3 + 4)원, 지금 몇 시?')]
    expect(reply(asked, 'calculator', 'date_time', 'send_email')).toEqual({
      kind: 'tool-calls',
      calls: [
        { name: 'calculator', arguments: { expression: '12 * (3 + 4)' } },
        { name: 'date_time', arguments: { operation: 'now', timeZone: 'Asia/Seoul' } },
      ],
    })
    expect(reply([user('Who are you?')], 'calculator', 'constructor')).toMatchObject({
      kind: 'text',
    })
  })

  test('keeps what it is asked to keep, once and last', () => {
    const asked = [user('환불은 언제까지? 기억해 주세요.')]
    const first = reply(asked, 'memory_write', 'knowledge_search')
    expect(first).toMatchObject({ calls: [{ name: 'knowledge_search' }] })
    const found = { role: 'tool', content: '{"context":"[1] 환불은 14일 안에 됩니다."}' }
    const then = reply([...asked, { role: 'assistant' }, found], 'memory_write', 'knowledge_search')
    expect(then).toMatchObject({
      calls: [{ name: 'memory_write', arguments: { key: 'last-question' } }],
    })
    const written = { role: 'assistant', tool_calls: [{ function: { name: 'memory_write' } }] }
    const end = reply([...asked, found, written, { role: 'tool', content: '{}' }], 'memory_write')
    expect(end).toMatchObject({ kind: 'text' })
  })

  test('answers in the form of a schema, however it is told of it', () => {
    const list = { type: 'array', items: { type: 'integer' } }
    const properties = { answer: { type: 'string' }, cited: list, sure: { type: 'boolean' } }
    const schema = { type: 'object', properties }
    const asked = user('[7] Refunds take 14 days.\n\nQuestion: How long do refunds take?')
    const order = `Answer with nothing but JSON that meets this JSON Schema:\n${JSON.stringify(schema)}`
    const format = { type: 'json_schema', json_schema: { name: 'x', schema } }
    for (const request of [
      { messages: [asked], response_format: format },
      { messages: [{ role: 'system', content: order }, asked] },
    ]) {
      const { text } = demoReply({ model: 'demo', ...request }) as { text: string }
      expect(JSON.parse(text)).toEqual({
        ...{ answer: expect.stringContaining('14 days'), cited: [7], sure: true },
      })
    }
  })

  test('answers with what came back', () => {
    const called = { role: 'assistant', content: null }
    const told = (content: string) => ({ role: 'tool', content })
    const sum = [user('2 + 2?'), called, told('{"result":"4"}')]
    expect(reply(sum, 'calculator')).toMatchObject({ text: expect.stringMatching(/back: 4$/) })
    const found = JSON.stringify({ context: '[1] 환불은 14일 안에 됩니다.' })
    const searched = [user('환불은 언제까지?'), called, told(found)]
    expect(reply(searched, 'knowledge_search')).toMatchObject({
      text: expect.stringContaining('“환불은 14일 안에 됩니다.” [1]'),
    })
    expect(reply([user('1 + 1'), called, told('no JSON')], 'calculator')).toMatchObject({
      kind: 'text',
    })
  })
})
