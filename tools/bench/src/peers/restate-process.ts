// Ten or twenty steps as a service of Restate. Started by peers.ts, with the packages of PEER_FOLDER.
import { createRequire } from 'node:module'
import { join } from 'node:path'

interface Context {
  run<Result>(name: string, step: () => Promise<Result>): Promise<Result>
}

/** The part of the SDK that is used here; the project does not depend on it. */
interface Sdk {
  readonly RestatePromise: { all(promises: readonly Promise<unknown>[]): Promise<unknown> }
  service(definition: {
    readonly name: string
    readonly handlers: Readonly<Record<string, (context: Context, n: number) => Promise<object>>>
  }): object
  serve(options: { readonly services: readonly object[]; readonly port: number }): Promise<number>
}

const { PEER_FOLDER = '', PORT } = process.env
const sdk = createRequire(join(PEER_FOLDER, 'package.json'))('@restatedev/restate-sdk') as Sdk

const step = (context: Context, n: number, index: number) =>
  context.run(`s${index}`, async () => ({ text: `step ${n}` }))

const bench = sdk.service({
  name: 'bench',
  handlers: {
    seq10: async (context, n) => {
      for (let index = 0; index < 10; index += 1) await step(context, n, index)
      return { n }
    },
    fan20: async (context, n) => {
      const steps = Array.from({ length: 20 }, (_, index) => step(context, n, index))
      await sdk.RestatePromise.all(steps)
      return { n }
    },
  },
})

await sdk.serve({ services: [bench], port: Number(PORT) })
