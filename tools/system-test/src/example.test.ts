import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from '@dure/dev'
import { type ModelServer, startDemoModel } from '@dure/scripted-model'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type System, startTestSystem, until } from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

let model: ModelServer
let system: System
beforeAll(async () => {
  model = await startDemoModel()
  system = await startTestSystem({
    agent: { MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'demo' },
  })
}, 120_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
})

async function runExample(
  question: string,
  program = 'examples/korean-support/run.ts',
): Promise<string> {
  const env = { ...process.env, DURE_URL: system.url, DURE_API_KEY: system.apiKey }
  const { stdout } = await promisify(execFile)(process.execPath, [program, question], {
    cwd: ROOT,
    env,
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`The example failed:\n${error.stdout}\n${error.stderr}`)
  })
  return stdout
}

test('the first example answers with the right passage, and again without loading it twice', async () => {
  const question = '서버가 갑자기 죽어 버리면 돌리고 있던 실행은 어떻게 되나요?'
  for (const output of [await runExample(question), await runExample(question)]) {
    expect(output).toContain('이미 접수된 실행은 사라지지 않습니다')
    expect(output).toContain('[1] when-a-process-dies.md')
    expect(output).toMatch(/Cost +0\.000\d+ USD/)
    expect(output).toMatch(/version 1 is published/)
  }
})

test('the first example says so when its articles say nothing', async () => {
  const output = await runExample('양자역학 슈뢰딩거 방정식 풀이')
  expect(output).toContain('찾지 못했습니다')
  expect(output).toMatch(/Cost +0\.000000 USD/)
})

test('the example with an agent searches, asks, answers in its form, and is held to a budget', async () => {
  const question = '반품 배송비는 누가 내나요? 이 질문을 기억해 주세요.'
  const program = 'examples/agent/run.ts'
  for (const output of [await runExample(question, program), await runExample(question, program)]) {
    expect(output).toMatch(/execution.tool-answered knowledge_search succeeded.*"phone"/)
    expect(output).toMatch(/approve: memory_write .*반품 배송비/)
    expect(output).toMatch(/execution.tool-answered memory_write succeeded/)
    expect(output).toMatch(/"answer": ".*왕복 배송비 6,000원.*\[\d\]/)
    expect(output).toMatch(/"cited": \[\s+\d/)
    expect(output.match(/model-call/g)).toHaveLength(3)
    expect(output).toMatch(/Today: [1-9]\d* micro-USD spent, \d+ left/)
    expect(output).not.toContain('010-1234-5678')
  }
})

type Document = Exclude<Parameters<Validator['validate']>[0], string>

interface Description {
  readonly openapi: string
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly operationId: string }>>>
  >
}

test('the gateway describes all services in one valid document, each operation once', async () => {
  const describe = async () => (await system.call<Description>('GET', '/openapi.json')).body
  const known = ['getCosts', 'listModels', 'searchKnowledgeBase', 'startRun']
  let description = await describe()
  // A service that was not there yet when the gateway asked is in the next description.
  await until(async () => {
    description = await describe()
    return known.every((id) => idsOf(description).includes(id))
  }, 'every service is described')

  const document = structuredClone(description) as unknown as Document
  expect(await new Validator().validate(document)).toMatchObject({ valid: true })
  expect(description.openapi).toMatch(/^3\.1\./)
  const ids = idsOf(description)
  expect(new Set(ids).size).toBe(ids.length)
})

function idsOf({ paths }: Description): string[] {
  return Object.values(paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  )
}

test('a body that is too large for a service is refused as such, not as a broken service', async () => {
  const body = { name: 'x'.repeat(3_000_000), graph: { nodes: [], edges: [] } }
  for (let count = 0; count < 5; count++) {
    const refused = await system.call<{ code: string }>('POST', '/v1/workflows', body)
    expect([refused.status, refused.body.code]).toEqual([413, 'request.too-large'])
  }
})

test('the gateway sums up the health of all services', async () => {
  const { body } = await system.call<{ status: string }>('GET', '/health')
  expect(body.status).toBe('ok')
})
