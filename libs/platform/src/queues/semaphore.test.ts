import { expect, test } from 'vitest'
import { createSemaphore } from './semaphore.ts'

test('so many works go on at once, the others begin in their order, failures make room, too', async () => {
  const inTurn = createSemaphore(2)
  const begun: string[] = []
  const works = new Map<string, PromiseWithResolvers<string>>()
  const start = (name: string) => {
    const work = Promise.withResolvers<string>()
    works.set(name, work)
    const result = inTurn(() => {
      begun.push(name)
      return work.promise
    })
    result.catch(() => {})
    return result
  }
  const results = ['a', 'b', 'c', 'd', 'e'].map(start)
  expect(begun).toEqual(['a', 'b'])

  works.get('b')?.reject(new Error('no'))
  await expect(results[1]).rejects.toThrow('no')
  works.get('a')?.resolve('A')
  expect(await results[0]).toBe('A')
  await Promise.resolve()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])

  for (const name of ['c', 'd', 'e']) works.get(name)?.resolve(name)
  expect(await Promise.all(results.slice(2))).toEqual(['c', 'd', 'e'])
})
