import { testTenant } from '@dure/platform/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createSchedule, fireAll, neglect } from '../testing/schedules.ts'
import { startTriggerService, type TriggerHarness } from '../testing/trigger-service.ts'

let harness: TriggerHarness
beforeAll(async () => {
  harness = await startTriggerService()
})
afterEach(async () => {
  harness.runs.forget()
  await harness.pool.query('DELETE FROM schedule')
})
afterAll(() => harness.close())

describe('the API of schedules', () => {
  test('creates, shows, changes and deletes one', async () => {
    const created = await createSchedule(harness)
    expect(created).toMatchObject({
      status: 201,
      id: expect.stringMatching(/^sch_[0-9a-f]{32}$/),
      enabled: true,
      version: null,
      overlap: 'skip',
      catchUp: 'last',
      nextAt: expect.stringMatching(/:00:00\.000Z$/),
    })
    const { path, body } = created
    expect(await (await harness.call({ url: path })).json()).toMatchObject({ id: created.id })

    const changed = await harness.call({
      method: 'PUT',
      url: path,
      body: { ...body, cron: '30 9 * * *', version: 3 },
    })
    expect(await changed.json()).toMatchObject({
      version: 3,
      nextAt: expect.stringMatching(/T00:30:00\.000Z$/),
    })
    expect((await harness.call({ method: 'DELETE', url: path })).status).toBe(204)
    const gone = await harness.call({ url: path })
    expect([gone.status, (await gone.json()).code]).toEqual([404, 'schedule.not-found'])
  })

  test.each([
    [{ cron: '0 0 30 2 *' }, 'schedule.invalid-cron', '#/cron'],
    [{ cron: '*/5 * * * * *' }, 'schedule.invalid-cron', '#/cron'],
    [{ timeZone: 'Mars' }, 'schedule.invalid-time-zone', '#/timeZone'],
    [{ version: 1, alias: 'live' }, 'trigger.ambiguous-target', '#/alias'],
    [{ overlap: 'queue' }, 'request.invalid', '#/overlap'],
  ])('refuses %j', async (fields, code, pointer) => {
    const { status, ...problem } = await createSchedule(harness, fields)
    expect([status, problem.code, problem.errors[0]?.pointer]).toEqual([400, code, pointer])
  })

  test('knows neither workflows nor schedules of others', async () => {
    const foreign = await createSchedule(harness, { workflowId: await harness.workflow('2') })
    expect([foreign.status, foreign.code]).toEqual([404, 'workflow.not-found'])

    const { path, body } = await createSchedule(harness)
    const as = { tenant: testTenant('2') }
    const answers = await Promise.all([
      harness.call({ url: path, as }),
      harness.call({ url: `${path}/history`, as }),
      harness.call({ method: 'PUT', url: path, body, as }),
      harness.call({ method: 'DELETE', url: path, as }),
      harness.call({ method: 'POST', url: `${path}/disable`, as }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await harness.call({ url: '/v1/schedules', as }).then((a) => a.json())).data).toEqual(
      [],
    )
    expect((await harness.call({ url: path })).status).toBe(200)
  })

  test('lists by pages, and asks for a scope', async () => {
    const ids = [
      (await createSchedule(harness)).id,
      (await createSchedule(harness)).id,
      (await createSchedule(harness)).id,
    ].reverse()
    const first = await (await harness.call({ url: '/v1/schedules?limit=2' })).json()
    const rest = await (
      await harness.call({ url: `/v1/schedules?limit=2&cursor=${first.nextCursor}` })
    ).json()
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(ids)
    expect(rest.nextCursor).toBeNull()

    const as = { scopes: ['workflows:read' as const] }
    const refused = await harness.call({ method: 'POST', url: '/v1/schedules', body: {}, as })
    expect(refused.status).toBe(403)
  })

  test('disables and enables: what passes meanwhile is not made up for', async () => {
    const { id, path } = await createSchedule(harness, { catchUp: 'all' })
    await neglect(harness, id, 3)
    const disabled = await harness.call({ method: 'POST', url: `${path}/disable` })
    expect(await disabled.json()).toMatchObject({ enabled: false, nextAt: null })
    await fireAll(harness)
    const enabled = await harness.call({ method: 'POST', url: `${path}/enable` })
    expect(await enabled.json()).toMatchObject({ enabled: true, nextAt: expect.any(String) })
    const { rowCount } = await harness.pool.query('SELECT FROM schedule WHERE due_at > now()')
    expect(rowCount).toBe(1)
    await fireAll(harness)
    expect(harness.runs.runs).toEqual([])
  })

  test('keeps the time of a schedule whose cron stays', async () => {
    const { id, path, body } = await createSchedule(harness)
    const dueAt = await neglect(harness, id, 1)
    const changed = await harness.call({ method: 'PUT', url: path, body: { ...body, name: 'New' } })
    expect((await changed.json()).nextAt).toBe(dueAt.toISOString())
  })
})
