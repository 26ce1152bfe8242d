// Ten or twenty steps of DBOS behind HTTP. Started by peers.ts, with the packages of PEER_FOLDER.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { serveRuns } from './serve-runs.ts'

/** The part of the SDK that is used here; the project does not depend on it. */
interface Sdk {
  readonly DBOS: {
    setConfig(config: object): void
    registerWorkflow<Args extends unknown[], Result>(
      run: (...args: Args) => Promise<Result>,
      options: { readonly name: string },
    ): (...args: Args) => Promise<Result>
    runStep<Result>(
      step: () => Promise<Result>,
      options: { readonly name: string },
    ): Promise<Result>
    launch(): Promise<void>
  }
}

const { PEER_FOLDER = '', DATABASE_URL = '', PORT } = process.env
const { DBOS } = createRequire(join(PEER_FOLDER, 'package.json'))('@dbos-inc/dbos-sdk') as Sdk

const step = (n: number, index: number) =>
  DBOS.runStep(async () => ({ text: `step ${n}` }), { name: `s${index}` })

const seq10 = DBOS.registerWorkflow(
  async (n: number) => {
    for (let index = 0; index < 10; index += 1) await step(n, index)
    return { n }
  },
  { name: 'seq10' },
)
const fan20 = DBOS.registerWorkflow(
  async (n: number) => {
    await Promise.allSettled(Array.from({ length: 20 }, (_, index) => step(n, index)))
    return { n }
  },
  { name: 'fan20' },
)

DBOS.setConfig({
  name: 'bench',
  systemDatabaseUrl: DATABASE_URL,
  runAdminServer: false,
  logLevel: 'warn',
})
await DBOS.launch()
serveRuns(Number(PORT), { seq10, fan20 })
