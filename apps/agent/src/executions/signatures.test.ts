import { failing, type Script, signedCalls, signedWords, text } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'

const CALL = { name: 'calculator', arguments: { expression: '1 + 1' } }
const CLAUDE = 'claude/claude-sonnet-4-5'
const GEMINI = 'gemini/gemini-2.5-flash'
const SIGNATURE = 'c2lnLW9mLXRoZS1tb2RlbA=='

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent({}, (host) => ({
    MODEL_PROVIDERS: JSON.stringify([
      { name: 'claude', kind: 'anthropic', baseUrl: `${host}/v1`, apiKey: 'x' },
      { name: 'gemini', kind: 'google', baseUrl: `${host}/v1beta`, apiKey: 'x' },
    ]),
  }))
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

/** What the model was asked, call by call. */
async function askedBy(definition: object, script: Script): Promise<string[]> {
  const id = await runs.published({ tools: [{ tool: 'calculator' }], ...definition })
  agent.model.rewrite(script)
  const run = (await runs.start(id, { mode: 'wait' })).json()
  expect([run.status, run.output, run.error]).toEqual(['succeeded', 'done', null])
  return agent.model.calls.map((call) => JSON.stringify(call))
}

describe('what a provider has signed', () => {
  test.each([
    ['of Anthropic', CLAUDE, `"signature":"${SIGNATURE}"`],
    ['of Google', GEMINI, `"thoughtSignature":"${SIGNATURE}"`],
  ])('%s goes back to it with the next call', async (_name, model, signed) => {
    const [first, second] = await askedBy({ model }, [signedCalls(SIGNATURE, CALL), text('done')])
    expect(first).not.toContain(SIGNATURE)
    expect(second).toContain(signed)
    expect(second).not.toContain('"dure"')
  })

  test('of a text goes back with that text, unless a guardrail has changed it, and to nobody else', async () => {
    const say = (said: string) => signedWords(SIGNATURE, said, CALL)
    const signed = `{"text":"I look.","thoughtSignature":"${SIGNATURE}"}`
    const [, second] = await askedBy({ model: GEMINI }, [say('I look.'), text('done')])
    expect(second).toContain(signed)

    const guardrails = [{ check: 'pii', action: 'redact', on: 'output' }]
    const script = [say('I call 010-1234-5678.'), text('done')]
    const [, redacted] = await askedBy({ model: GEMINI, guardrails }, script)
    expect(redacted).toContain('I call [phone].')
    expect(redacted).not.toContain(SIGNATURE)

    const others = await askedBy({ model: GEMINI, fallbackModels: [CLAUDE] }, (call, index) => {
      if (index === 0) return say('I look.')
      return isFor(GEMINI, call.path) ? failing(500, { retryAfterS: 0 }) : text('done')
    })
    expect(others.at(-1)).toContain('I look.')
    expect(others.at(-1)).not.toContain(SIGNATURE)
  })

  test.each([
    [CLAUDE, GEMINI],
    [GEMINI, CLAUDE],
    [CLAUDE, 'openai/demo'],
    [GEMINI, 'openai/demo'],
  ])('by %s is not shown to %s, which answers after it', async (model, fallback) => {
    const asked = await askedBy({ model, fallbackModels: [fallback] }, (call, index) => {
      if (index === 0) return signedCalls(SIGNATURE, CALL)
      return isFor(model, call.path) ? failing(500, { retryAfterS: 0 }) : text('done')
    })
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.at(-1)).not.toContain(SIGNATURE)
    expect(asked.at(-1)).not.toContain('Let me look.')
    expect(asked.at(-1)).toContain('calculator')
  })
})

function isFor(model: string, path: unknown): boolean {
  return model === CLAUDE ? path === '/v1/messages' : path === '/v1beta/models/:model'
}
