import { expect, test } from 'vitest'
import { runLoad } from './closed-loop.ts'

test('no more clients ask at once than were wanted, and no run is lost', async () => {
  let underWay = 0
  let most = 0
  const once = async () => {
    underWay += 1
    most = Math.max(most, underWay)
    await new Promise((resolve) => setImmediate(resolve))
    underWay -= 1
  }

  const { latenciesMs } = await runLoad({ concurrency: 4, length: { runs: 50 }, once })

  expect(latenciesMs).toHaveLength(50)
  expect(most).toBe(4)
})

test('a run that fails ends the load', async () => {
  const once = () => Promise.reject(new Error('no'))

  await expect(runLoad({ concurrency: 2, length: { runs: 10 }, once })).rejects.toThrow('no')
})
