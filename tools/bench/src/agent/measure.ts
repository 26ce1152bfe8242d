import { request } from 'node:http'
import { readRssMb } from '../meters/cpu.ts'
import type { OneService } from '../one-service.ts'
import { percentile, round } from '../statistics.ts'
import { nowMs, type TimedModel } from './model-server.ts'
import { startRun, untilEnded } from './runs.ts'

export interface AgentRow {
  readonly name: 'loop' | 'first-token' | 'streams' | 'sandbox'
  readonly p50Ms?: number
  readonly p99Ms?: number
  readonly rssMb?: number
  /** Of the program that ended latest after its deadline. */
  readonly hangOverMs?: number
  readonly count: number
}

export interface Measured {
  readonly agent: OneService
  readonly model: TimedModel
  readonly agentId: string
}

const STEPS = 10
const GETS = 1000

/**
 * From the last byte of a model's answer to the next question it is asked: the answer is recorded, a tool of no cost called,
 * its result recorded, and the model asked again.
 */
export async function measureLoop(
  { agent, model, agentId }: Measured,
  runs: number,
): Promise<AgentRow> {
  const gaps: number[] = []
  for (let n = 0; n < runs; n += 1) {
    model.answer({ kind: 'loop', steps: STEPS })
    await untilEnded(agent, await startRun(agent, agentId))
    const { calls } = model
    for (let at = 1; at < calls.length; at += 1) {
      gaps.push((calls[at]?.askedAtMs ?? 0) - (calls[at - 1]?.endedAtMs ?? 0))
    }
  }
  return { name: 'loop', ...spreadOf(gaps), count: gaps.length }
}

/** From the first word of the model to the moment at which a reader of the events has it. */
export async function measureFirstToken(
  { agent, model, agentId }: Measured,
  runs: number,
): Promise<AgentRow> {
  const delays: number[] = []
  for (let n = 0; n < runs; n += 1) {
    const { speak, release } = holding(model)
    const id = await startRun(agent, agentId)
    const reader = await follow(agent, id)
    speak()
    const heardAtMs = await reader.firstWord
    delays.push(heardAtMs - (model.calls[0]?.spokeAtMs ?? Number.NaN))
    release()
    await untilEnded(agent, id)
    reader.close()
  }
  return { name: 'first-token', ...spreadOf(delays), count: delays.length }
}

/** Memory of the process while so many answers are under way, and read; and how long whoever asks for something else waits. */
export async function measureStreams(
  { agent, model, agentId }: Measured,
  count: number,
): Promise<AgentRow> {
  const { speak, release } = holding(model)
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push(await startRun(agent, agentId))
  const readers = await Promise.all(ids.map((id) => follow(agent, id)))
  speak()
  await Promise.all(readers.map(({ firstWord }) => firstWord))
  const times: number[] = []
  for (let n = 0; n < GETS; n += 1) {
    const start = performance.now()
    await agent.client.get(`/v1/agent-runs/${ids[n % ids.length]}`)
    times.push(performance.now() - start)
  }
  const rssMb = round(readRssMb([agent.pid]))
  release()
  await Promise.all(ids.map((id) => untilEnded(agent, id)))
  for (const reader of readers) reader.close()
  return { name: 'streams', ...spreadOf(times), rssMb, count }
}

/** From now on the model waits for its reader, since what nobody listens to is not repeated. */
function holding(model: TimedModel) {
  const { promise: maySpeak, resolve: speak } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  model.answer({ kind: 'hold', maySpeak, released })
  return { speak, release }
}

interface Reader {
  /** When the first piece of text came, in milliseconds since 1970. */
  readonly firstWord: Promise<number>
  close(): void
}

function follow(agent: OneService, id: string): Promise<Reader> {
  const { promise: firstWord, resolve: heard } = Promise.withResolvers<number>()
  return new Promise((resolve, reject) => {
    const url = `${agent.url}/v1/agent-runs/${id}/events`
    const headers = { ...agent.headers(), accept: 'text/event-stream' }
    const outgoing = request(url, { headers, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => {
        if (chunk.includes('word')) heard(nowMs())
        // With the first event, it hears of all that comes after.
        if (chunk.includes('execution.started')) resolve(reader)
      })
      response.on('error', () => {})
    })
    const reader = { firstWord, close: () => outgoing.destroy() }
    outgoing.on('error', reject)
    outgoing.end()
  })
}

function spreadOf(values: readonly number[]) {
  return { p50Ms: round(percentile(values, 0.5), 2), p99Ms: round(percentile(values, 0.99), 2) }
}
