import { afterAll, beforeAll, expect, test } from 'vitest'
import { quantise } from './quantise.ts'

const before: unknown = Reflect.get(globalThis, '__dirname')
beforeAll(() => void Reflect.set(globalThis, '__dirname', '/somewhere/generated'))
afterAll(() => void Reflect.set(globalThis, '__dirname', before))

test('there is a graph in a process where a package has defined a global name of its folder', async () => {
  const { createGraph } = await import('./graph.ts')
  const graph = createGraph(2)
  const vectors = [
    [1, 0],
    [0, 1],
  ].map((vector) => quantise(Float32Array.from(vector)) ?? expect.unreachable())

  graph.add([7, 8], vectors)

  expect(graph.nearest(Float32Array.of(0, 1), 1)).toEqual([8])
})
