import { expect, test } from 'vitest'
import { createStopList } from './stop-list.ts'

test('services stop before the queue, the queue before the database', async () => {
  const stopped: string[] = []
  const stops = createStopList()
  stops.add('database', async () => void stopped.push('database'))
  stops.add('services', async () => void stopped.push('service'))
  stops.add('queue', async () => void stopped.push('queue'))

  await stops.run()

  expect(stopped).toEqual(['service', 'queue', 'database'])
})

test('what is started while everything stops is stopped too', async () => {
  const stops = createStopList()
  await stops.run()

  const late = new Promise<string>((resolve) => {
    stops.add('services', async () => resolve('stopped'))
  })

  expect(await late).toBe('stopped')
})
