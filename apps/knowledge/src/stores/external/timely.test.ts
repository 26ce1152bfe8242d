import { expect, test } from 'vitest'
import type { Engine } from './engine.ts'
import { timely } from './timely.ts'

const never = () => new Promise<never>(() => {})
const hanging: Engine = {
  ...{ epoch: never, add: never, remove: never, rowsOf: never, byTerms: never, byVector: never },
  ...{ vectorsOf: never, forget: never, tidy: never },
  close: async () => {},
}
const terms = { text: new Map(), headings: new Map(), exact: new Map() } as never

test.each<[string, (engine: Engine) => Promise<unknown>]>([
  ['epoch', (engine) => engine.epoch()],
  ['add', (engine) => engine.add('base', [])],
  ['remove', (engine) => engine.remove('base', new Map())],
  ['rowsOf', (engine) => engine.rowsOf('base', new Map())],
  ['byTerms', (engine) => engine.byTerms('base', terms, { limit: 1 })],
  ['byVector', (engine) => engine.byVector('base', new Float32Array(1), { limit: 1 })],
  ['vectorsOf', (engine) => engine.vectorsOf('base', 1, [])],
  ['forget', (engine) => engine.forget('base')],
  ['tidy', (engine) => engine.tidy('base')],
])('%s of an engine that hangs fails', async (_name, call) => {
  const engine = timely(hanging, { searchMs: 1, writeMs: 1, tidyMs: 1 })
  await expect(call(engine)).rejects.toMatchObject({ code: 'retrieval-store.slow' })
  await engine.close()
})
