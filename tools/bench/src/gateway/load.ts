import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPeer } from '../peers/peer.ts'
import { programOnPath } from './program.ts'

export interface LoadOptions {
  readonly url: string
  readonly path: string
  readonly keys: readonly string[]
  readonly connections: number
  readonly seconds: number
}

export interface LoadFigures {
  readonly requests: number
  readonly requestsPerSecond: number
  readonly p50Micros: number
  readonly p99Micros: number
}

/** Asks again and again in a closed loop, with another key each time. */
export interface LoadGenerator {
  readonly name: string
  /** @throws when an answer is not 200 */
  run(options: LoadOptions): Promise<LoadFigures>
}

const AUTOCANNON = 'autocannon@9.0.0'

/** wrk where the machine has it, since it leaves most CPU to who is measured; else autocannon. */
export async function loadGenerator(directory: string): Promise<LoadGenerator> {
  const wrk = programOnPath('wrk')
  if (wrk) return wrkIn(wrk, directory)
  const folder = await installPeer({ name: 'autocannon', packages: [AUTOCANNON] }, directory)
  return autocannonIn(folder)
}

/** Requests are made before the first is sent; the last line that it prints is the figures as JSON. */
const WRK_SCRIPT = `
local requests = {}
local at = 0
function init(args)
  for key in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", nil, { ["authorization"] = "Bearer " .. key })
  end
  at = math.random(#requests)
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency, requests)
  local e = summary.errors
  print(string.format(
    '\\n{"requests":%d,"micros":%d,"p50":%d,"p99":%d,"errors":%d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
`

interface WrkFigures {
  readonly requests: number
  readonly micros: number
  readonly p50: number
  readonly p99: number
  readonly errors: number
}

function wrkIn(program: string, directory: string): LoadGenerator {
  const script = join(directory, 'requests.lua')
  const keyFile = join(directory, 'keys.txt')
  writeFileSync(script, WRK_SCRIPT)
  return {
    name: 'wrk',
    async run({ url, path, keys, connections, seconds }) {
      writeFileSync(keyFile, `${keys.join('\n')}\n`)
      const said = await outputOf(program, [
        ...['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s'],
        ...['-s', script, url + path, '--', keyFile],
      ])
      const figures = JSON.parse(said.trim().split('\n').at(-1) ?? '') as WrkFigures
      if (figures.errors > 0) throw new Error(`${figures.errors} requests failed`)
      return {
        requests: figures.requests,
        requestsPerSecond: (figures.requests / figures.micros) * 1e6,
        p50Micros: figures.p50,
        p99Micros: figures.p99,
      }
    },
  }
}

interface AutocannonFigures {
  readonly '2xx': number
  readonly non2xx: number
  readonly errors: number
  readonly duration: number
  readonly latency: { readonly p50: number; readonly p99: number }
}

function autocannonIn(folder: string): LoadGenerator {
  const program = join(folder, 'node_modules/autocannon/autocannon.js')
  return {
    name: 'autocannon',
    async run({ url, path, keys, connections, seconds }) {
      const [key] = keys
      const said = await outputOf(process.execPath, [
        ...[program, '--json', '-c', String(connections), '-d', String(seconds)],
        ...['-H', `authorization=Bearer ${key}`, url + path],
      ])
      const figures = JSON.parse(said) as AutocannonFigures
      const failed = figures.non2xx + figures.errors
      if (failed > 0) throw new Error(`${failed} requests failed`)
      return {
        requests: figures['2xx'],
        requestsPerSecond: figures['2xx'] / figures.duration,
        p50Micros: figures.latency.p50 * 1000,
        p99Micros: figures.latency.p99 * 1000,
      }
    },
  }
}

async function outputOf(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.slice(-1000)}`)
  return said
}
