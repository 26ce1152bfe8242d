import { randomBytes, randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { freePort } from '@dure/dev'
import type { Infrastructure } from '../infrastructure.ts'
import { type PeerProgram, startPeerProgram } from '../peers/peer-program.ts'
import type { Surroundings } from './contender.ts'

const KEYS = 1000
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export interface RunningSurroundings extends Surroundings {
  stop(): Promise<void>
}

export async function startSurroundings(
  infrastructure: Infrastructure,
): Promise<RunningSurroundings> {
  const upstream = await startServer(infrastructure)
  const collector = await startServer(infrastructure)
  return {
    infrastructure,
    upstreamUrl: upstream.url,
    collectorUrl: collector.url,
    keys: Array.from({ length: KEYS }, makeKey),
    pepper: randomBytes(32).toString('base64'),
    stop: async () => void (await Promise.all([upstream.program.stop(), collector.program.stop()])),
  }
}

async function startServer({
  guard,
  directory,
}: Infrastructure): Promise<{ url: string; program: PeerProgram }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const entry = fileURLToPath(new URL('./upstream-process.ts', import.meta.url))
  const program = await startPeerProgram(
    {
      command: process.execPath,
      args: [entry],
      env: { PORT: String(port) },
      cwd: directory,
      guard,
    },
    async () => (await fetch(url)).ok,
  )
  return { url, program }
}

/** As `apps/gateway/src/keys/api-key.ts` wants it. */
function makeKey(): string {
  const body = `dure_live_${randomText(10)}_${randomText(43)}`
  let checksum = ''
  for (let rest = crc32(body); checksum.length < 6; rest = Math.floor(rest / 62)) {
    checksum = ALPHABET.charAt(rest % 62) + checksum
  }
  return body + checksum
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}
