import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ControlHarness,
  echo,
  failed,
  inARow,
  itemAt,
  startControl,
  succeeded,
} from '../testing/control-harness.ts'

let c: ControlHarness
let version: ReturnType<ControlHarness['version']>
const said = (text: string) => ({ id: 'say', type: 'template', config: { text } })
const graph = (text: string) =>
  inARow([echo('a'), said(text), echo('b')], {
    said: '{{ nodes.say.data.text }}',
    b: '{{ nodes.b.data.n }}',
  })
beforeAll(async () => {
  c = await startControl()
  version = c.version(graph('a is {{ nodes.a.data.n }}'))
})
afterAll(() => c.close())

async function finished() {
  const run = await c.start(version, { x: 1 })
  await c.finish(run, 'a', succeeded({ n: 1 }))
  await c.finish(run, 'b', succeeded({ n: 2 }))
  const checkpoints = (await c.get(`/v1/runs/${run}/checkpoints`)).body.data
  return { run, checkpoints }
}

const fork = (run: string, body: object, headers: Record<string, string> = {}) =>
  c.call({ method: 'POST', url: `/v2/runs/${run}:fork`, body, headers })

describe('the nodes of a run', () => {
  test('are told in the order in which they were reached, page by page', async () => {
    const { run } = await finished()
    const seen: string[] = []
    for (let url = `/v1/runs/${run}/nodes?limit=2`; url !== ''; ) {
      const { data, nextCursor } = (await c.get(url)).body
      seen.push(...data.map(({ path }) => path))
      url = nextCursor ? `/v1/runs/${run}/nodes?limit=2&cursor=${nextCursor}` : ''
    }
    expect(seen).toEqual(['start', 'a', 'say', 'b', 'end'])
    const { data } = (await c.get(`/v1/runs/${run}/nodes`)).body
    expect(data[1]).toMatchObject({
      ...{ path: 'a', nodeId: 'a', type: 'echo', status: 'completed', attempts: 1, port: 'out' },
      ...{ data: { n: 1 }, durationMs: 3, costMicroUsd: 10, endedAt: expect.any(String) },
    })
  })

  test('have their data also when these are large', async () => {
    const run = await c.start(version)
    const text = 'x'.repeat(50_000)
    await c.finish(run, 'a', succeeded({ n: text }))
    const { data } = (await c.get(`/v1/runs/${run}/nodes`)).body
    expect(itemAt(data, 1).data).toEqual({ n: text })
  })
})

describe('the checkpoints of a run', () => {
  test('are its commits, with what happened in each', async () => {
    const { run, checkpoints } = await finished()
    const row = await c.reader.find(c.tenant, run as never)
    expect(checkpoints.at(-1)).toMatchObject({ version: row?.version, more: 0 })
    expect(checkpoints.flatMap(({ events }) => events)).toContainEqual({
      ...{ type: 'node.completed', path: 'a' },
    })
    const first = (await c.get(`/v1/runs/${run}/checkpoints?limit=1`)).body
    expect(first.data).toEqual([checkpoints[0]])
  })
})

describe('a fork', () => {
  test('takes over what had happened, and goes on', async () => {
    const { run, checkpoints } = await finished()
    const made = await fork(run, { fromCheckpoint: itemAt(checkpoints, 1).version })
    expect(made).toMatchObject({ status: 201, body: { status: 'running', costMicroUsd: 0 } })
    const id = made.body.id as never
    await c.finish(id, 'b', succeeded({ n: 3 }))
    expect(await c.reader.find(c.tenant, id)).toMatchObject({
      ...{ status: 'completed', output: { said: 'a is 1', b: 3 }, input: { x: 1 } },
      ...{ versionId: version.id, costMicroUsd: 10 },
    })
  })

  test('of the end ends as the run did', async () => {
    const { run, checkpoints } = await finished()
    const made = await fork(run, { fromCheckpoint: itemAt(checkpoints, -1).version })
    expect(made.body.status).toBe('completed')
  })

  test('with a patch computes with it, also when it is large', async () => {
    const { run } = await finished()
    const { data } = (await c.get(`/v1/runs/${run}/checkpoints`)).body
    const version = itemAt(data, 0).version
    const whole = await fork(run, {
      fromCheckpoint: 1,
      patch: { input: { x: 'y'.repeat(40_000) } },
    })
    expect(await c.reader.find(c.tenant, whole.body.id as never)).toMatchObject({
      input: { x: expect.stringMatching(/^y{40000}$/) },
    })
    const n = 'z'.repeat(40_000)
    const node = await fork(run, { fromCheckpoint: version + 1, patch: { nodes: { a: { n } } } })
    const { data: nodes } = (await c.get(`/v1/runs/${node.body.id}/nodes`)).body
    expect(nodes.find(({ path }) => path === 'say')).toMatchObject({ data: { text: `a is ${n}` } })
  })

  test('that looks like a reference to other data is data', async () => {
    const { run, checkpoints } = await finished()
    const forged = { $payload: 'f'.repeat(64), bytes: 1 }
    const patch = { nodes: { a: { n: 7 } }, input: { x: forged } }
    const made = await fork(run, { fromCheckpoint: itemAt(checkpoints, 0).version + 1, patch })
    expect(made.status).toBe(201)
    const again = await fork(run, {
      ...{ fromCheckpoint: itemAt(checkpoints, 0).version + 1, patch: { nodes: { a: forged } } },
    })
    const { data } = (await c.get(`/v1/runs/${again.body.id}/nodes`)).body
    expect(data.find(({ path }) => path === 'a')?.data).toEqual(forged)
  })

  test('with the same key is made once', async () => {
    const { run, checkpoints } = await finished()
    const body = { fromCheckpoint: itemAt(checkpoints, 0).version }
    const headers = { 'idempotency-key': `fork-${run}` }
    const [one, other] = [await fork(run, body, headers), await fork(run, body, headers)]
    expect(other.body.id).toBe(one.body.id)
    const third = await fork(run, { fromCheckpoint: 1 }, headers)
    expect(third).toMatchObject({ status: 409, body: { code: 'idempotency.key-reused' } })
  })

  test.each([
    [{ fromCheckpoint: 9999 }, 'fork.no-such-checkpoint'],
    [{ fromCheckpoint: 1, patch: { nodes: { a: 1 } } }, 'fork.node-not-completed'],
    [{ fromCheckpoint: 1, patch: { vars: { v: 'v'.repeat(300_000) } } }, 'fork.vars-too-large'],
    [{ fromCheckpoint: 1, patch: { nodes: { 'A B': 1 } } }, 'fork.node-not-completed'],
    [{ fromCheckpoint: 1, patch: { input: 'text' } }, 'request.invalid'],
    [{ fromCheckpoint: 0 }, 'request.invalid'],
  ])('of what is not there is refused: %j', async (body, code) => {
    const { run } = await finished()
    expect(await fork(run, body)).toMatchObject({ status: 400, body: { code } })
  })
})

describe('a replay', () => {
  const replay = (run: string, body: object) => c.post(`/v2/runs/${run}:replay`, body)

  test('of a run and of its fork comes to the same', async () => {
    const { run, checkpoints } = await finished()
    const output = { said: 'a is 1', b: 2 }
    const same = { identical: true, differences: [], status: 'completed', output }
    expect((await replay(run, { dryRun: true })).body).toEqual(same)
    const patch = { nodes: { a: { n: 8 } } }
    const { body } = await fork(run, { fromCheckpoint: itemAt(checkpoints, 0).version + 1, patch })
    await c.finish(body.id as never, 'b', succeeded({ n: 2 }))
    expect((await replay(body.id, { dryRun: true })).body).toEqual({
      ...{ ...same, output: { said: 'a is 8', b: 2 } },
    })
  })

  test('on another version says where that comes to something else', async () => {
    const { run } = await finished()
    const { number } = c.version(graph('now {{ nodes.a.data.n }}'))
    expect((await replay(run, { dryRun: true, version: number })).body).toMatchObject({
      identical: false,
      differences: [
        { path: 'say', field: 'data/text', recorded: 'a is 1', replayed: 'now 1' },
        { path: 'end', field: 'data/said' },
        { path: '', field: 'output/said' },
      ],
      output: { said: 'now 1', b: 2 },
    })
    const absent = await replay(run, { dryRun: true, version: 999 })
    expect(absent.body.code).toBe('workflow.version-not-found')
  })

  test('of a run that failed and was retried, with large data, comes to the same', async () => {
    const run = await c.start(version)
    await c.finish(run, 'a', succeeded({ n: 'x'.repeat(40_000) }))
    await c.finish(run, 'b', failed())
    await c.post(`/v1/runs/${run}/retry`)
    await c.finish(run, 'b', succeeded({ n: 1 }), 2)
    expect((await replay(run, { dryRun: true })).body).toMatchObject({
      ...{ identical: true, differences: [], status: 'completed' },
    })
  })

  test('executes nothing, so that it has to be called what it is', async () => {
    const { run } = await finished()
    expect((await replay(run, { dryRun: false })).body.code).toBe('request.invalid')
    expect((await replay(run, {})).body.code).toBe('request.invalid')
  })
})

describe('an explanation', () => {
  test('of a run says what it took its time for, and what it cost', async () => {
    const { run } = await finished()
    const { body } = await c.get(`/v2/runs/${run}/explain`)
    expect(body).toMatchObject({
      ...{ status: 'completed', costMicroUsd: 20, branches: [], skipped: [], isCut: false },
      criticalPath: ['start', 'a', 'say', 'b', 'end'].map((path) => ({ path })),
    })
  })
})

test('what is under a version names the run, in the description of the API, too', async () => {
  const { body } = await c.call({ url: '/openapi.json', as: null })
  const paths = Object.keys((body as unknown as { paths: object }).paths)
  expect(paths).toEqual(
    expect.arrayContaining([
      '/v2/runs/{runId}:fork',
      '/v2/runs/{runId}:replay',
      '/v2/runs/{runId}:retryFromFailed',
      '/v2/runs/{runId}/effects/{effectId}:resolve',
    ]),
  )
})
