import { Histogram, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { Durations } from './durations.ts'

test('says the same as the histogram of prom-client', async () => {
  const ours = new Registry()
  const theirs = new Registry()
  for (const registry of [ours, theirs]) registry.setDefaultLabels({ service: 'x' })
  const durations = new Durations()
  durations.register(ours)
  const histogram = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [theirs],
  })
  const observe = (method: string, route: string, status: number, seconds: number) => {
    durations.observe(method, route, status, seconds)
    histogram.observe({ method, route, status }, seconds)
  }
  // On a bound, between two, below the first and above the last.
  for (const seconds of [0.0001, 0.001, 0.0011, 0.05, 0.75, 30, 31]) {
    observe('GET', '/v1/a b/*', 200, seconds)
    observe('POST', '/v1/"quoted"', 503, seconds * 2)
  }
  // The order of labels means nothing.
  const inOrder = (line: string) =>
    line.replace(/\{(.*)\}/, (_all, labels: string) => `{${labels.split(',').sort().join()}}`)
  const lines = async (registry: Registry) =>
    (await registry.metrics()).trim().split('\n').map(inOrder).sort()
  expect(await lines(ours)).toEqual(await lines(theirs))
})

test('without a request has nothing to say', async () => {
  const registry = new Registry()
  new Durations().register(registry)
  expect(await registry.metrics()).not.toContain('_bucket')
})
