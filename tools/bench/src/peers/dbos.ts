import { fileURLToPath } from 'node:url'
import { freePort } from '@dure/dev'
import { query, urlOfDatabase } from '../infrastructure.ts'
import type { Peer } from './peer.ts'
import { startPeerProgram } from './peer-program.ts'

const VERSION = '5.3.0'

/** In one process with its client library, on the same PostgreSQL as everybody else. */
export const dbos: Peer = {
  name: `DBOS ${VERSION}`,
  packages: [`@dbos-inc/dbos-sdk@${VERSION}`],
  async start({ adminUrl, guard }, folder) {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const entry = fileURLToPath(new URL('./dbos-process.ts', import.meta.url))
    const env = {
      PEER_FOLDER: folder,
      DATABASE_URL: await createDatabase(adminUrl, 'peer_dbos'),
      PORT: String(port),
      NODE_ENV: 'production',
    }
    const { pid, stop } = await startPeerProgram(
      { command: process.execPath, args: [entry], env, cwd: folder, guard },
      async () => (await fetch(`${url}/healthz`)).ok,
    )
    return { url, paths: { seq10: '/seq10', fan20: '/fan20' }, pids: [pid], stop }
  },
}

/** Not `postgres`: the statements in there are the benchmark's own and are not counted. */
async function createDatabase(adminUrl: string, name: string): Promise<string> {
  await query(adminUrl, `CREATE DATABASE ${name}`)
  return urlOfDatabase(adminUrl, name)
}
