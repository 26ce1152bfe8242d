import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@dure/dev'
import type { Infrastructure } from '../infrastructure.ts'
import type { Peer } from './peer.ts'
import { startPeerProgram } from './peer-program.ts'

const SERVER_VERSION = '1.7.12'
const SDK_VERSION = '1.17.2'

/** Its server with its own log on the same disk, and the steps in a Node process beside it. */
export const restate: Peer = {
  name: `Restate ${SERVER_VERSION}`,
  packages: [
    `@restatedev/restate-server@${SERVER_VERSION}`,
    `@restatedev/restate-sdk@${SDK_VERSION}`,
  ],
  async start(infrastructure, folder) {
    const server = await startServer(infrastructure, folder)
    const sdk = await startService(infrastructure, folder)
    await register(server.adminUrl, sdk.url)
    return {
      url: server.url,
      paths: { seq10: '/bench/seq10', fan20: '/bench/fan20' },
      pids: [server.pid, sdk.pid],
      stop: async () => void (await Promise.all([server.stop(), sdk.stop()])),
    }
  },
}

async function startServer({ guard }: Infrastructure, folder: string) {
  const [ingress, admin, node] = [await freePort(), await freePort(), await freePort()]
  const env = {
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
    RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`,
    RESTATE_LISTEN_MODE: 'tcp',
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_LOG_FILTER: 'warn',
    DO_NOT_TRACK: '1',
  }
  const binary = `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`
  const command = join(folder, 'node_modules', binary)
  const adminUrl = `http://127.0.0.1:${admin}`
  const { pid, stop } = await startPeerProgram(
    { command, args: ['--base-dir', join(folder, 'data')], env, cwd: folder, guard },
    async () => (await fetch(`${adminUrl}/health`)).ok,
  )
  return { url: `http://127.0.0.1:${ingress}`, adminUrl, pid, stop }
}

async function startService({ guard }: Infrastructure, folder: string) {
  const port = await freePort()
  const entry = fileURLToPath(new URL('./restate-process.ts', import.meta.url))
  const env = { PEER_FOLDER: folder, PORT: String(port), RESTATE_LOGGING: 'ERROR' }
  const { pid, stop } = await startPeerProgram(
    { command: process.execPath, args: [entry], env, cwd: folder, guard },
    () => isListening(port),
  )
  return { url: `http://127.0.0.1:${port}`, pid, stop }
}

/** It speaks HTTP/2 only, so `fetch` is of no use. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function register(adminUrl: string, uri: string): Promise<void> {
  const response = await fetch(`${adminUrl}/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uri }),
  })
  if (!response.ok) throw new Error(`Restate refuses the service: ${await response.text()}`)
}
