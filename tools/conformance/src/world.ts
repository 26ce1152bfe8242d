import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@dure/dev'
import { type ModelServer, startDemoModel } from '@dure/scripted-model'
import { type System, startTestSystem, until } from '@dure/system-test/system'
import { type World as Outside, startWorld as startOutside } from '@dure/system-test/world'
import type { OpenApiDocument, Operation } from './openapi/operation.ts'
import { operationsOf } from './openapi/operation.ts'
import { answerOf } from './prepare/outside.ts'
import { startSpanReceiver } from './span-receiver.ts'

/** All services, what they say of themselves, and what they wrote. */
export interface World {
  readonly system: System
  /** What services may call beyond the system. */
  readonly outside: Outside
  readonly document: OpenApiDocument
  readonly operations: readonly Operation[]
  /** Every error code that `docs/errors.md` explains. */
  readonly codes: ReadonlySet<string>
  /** Every line that a service has written so far. */
  readonly log: readonly string[]
  /** What they told of themselves in traces: of all that is asked with a sampled `traceparent`, and a part of the rest. */
  readonly spans: readonly string[]
  close(): Promise<void>
}

/** Only so much of it is kept: enough for what a test did before it looks. */
const MAX_LOG_LINES = 200_000

/** One address asks everything here, and much of it with bad keys: it would be kept out. */
const LIMITS = { address: null, failures: null }

export async function startWorld(): Promise<World> {
  const log: string[] = []
  const model: ModelServer = await startDemoModel()
  const outside = await startOutside()
  const receiver = await startSpanReceiver()
  outside.rewrite(answerOf)
  const closeOthers = async () => {
    await receiver.close()
    await outside.close()
    await model.close()
  }
  const system = await startTestSystem({
    agent: {
      ...{ MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'demo' },
      ...{ EGRESS_ALLOW: outside.address, LEASE_MS: '1000' },
    },
    env: {
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_TRACES_SAMPLER_ARG: '0.05',
    },
    own: {
      gateway: { LIMITS: JSON.stringify(LIMITS) },
      // Whoever was killed is missed soon.
      workflow: { RESEND_AFTER_MS: '1000', EGRESS_ALLOW: outside.address },
      knowledge: { EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'demo' },
    },
    onLine: (line) => {
      if (log.length < MAX_LOG_LINES) log.push(line)
    },
  }).catch(async (error) => {
    await closeOthers()
    throw error
  })
  const document = await describe(system)
  return {
    system,
    outside,
    document,
    operations: operationsOf(document),
    codes: documentedCodes(),
    log,
    spans: receiver.texts,
    async close() {
      await system.close()
      await closeOthers()
    },
  }
}

/** The description, once every service is in it. */
async function describe(system: System): Promise<OpenApiDocument> {
  let document: OpenApiDocument | undefined
  await until(async () => {
    document = (await system.call<OpenApiDocument>('GET', '/openapi.json')).body
    return document['x-dure-stale'] === undefined && Object.keys(document.paths).length > 0
  }, 'every service is described')
  return document as OpenApiDocument
}

function documentedCodes(): ReadonlySet<string> {
  const table = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
  return new Set([...table.matchAll(/^\| `([^`]+)`/gm)].map(([, code = '']) => code))
}
