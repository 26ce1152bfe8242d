import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase, testTenant } from '../testing/index.ts'
import { createPool } from './pool.ts'
import { withTenant, withTransaction } from './transaction.ts'
import { afterCommit, onceCommitted, openUnitOfWork } from './unit-of-work.ts'

let database: TestDatabase
let pool: pg.Pool
let outside: pg.Pool
beforeAll(async () => {
  database = await testDatabase()
  // One connection: whoever asks for another one within a unit would wait for ever.
  pool = createPool({ DATABASE_URL: database.databaseUrl }, { max: 1 })
  outside = createPool({ DATABASE_URL: database.databaseUrl }, { max: 1 })
  await pool.query('CREATE TABLE notes (text text UNIQUE)')
})
beforeEach(() => pool.query('TRUNCATE notes'))
afterAll(async () => {
  await pool.end()
  await outside.end()
  await database.drop()
})

const notes = async (from = outside) =>
  (await from.query('SELECT text FROM notes ORDER BY text')).rows.map(({ text }) => text)
const note = (text: string) => pool.query('INSERT INTO notes VALUES ($1)', [text])
const fail = () => {
  throw new Error('changed our mind')
}

describe('a unit of work', () => {
  test('is one transaction of everything that asks the pool, until it is committed', async () => {
    const { unit, rows } = await openUnitOfWork(pool, "SELECT 'first' AS text")
    expect(rows.flat()).toEqual([{ text: 'first' }])
    const told: string[] = []
    await unit.run(async () => {
      await note('a')
      await withTransaction(pool, (client) => client.query("INSERT INTO notes VALUES ('b')"))
      afterCommit(() => told.push('committed'))
      expect(await notes(pool)).toEqual(['a', 'b'])
    })
    expect([await notes(), told]).toEqual([[], []])
    await unit.commit("INSERT INTO notes VALUES ('last')")
    expect([await notes(), told]).toEqual([['a', 'b', 'last'], ['committed']])
  })

  test('loses of a transaction within it only what that one gave up', async () => {
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    await unit.run(async () => {
      await note('kept')
      const lost = withTransaction(pool, async (client) => {
        await client.query("INSERT INTO notes VALUES ('lost')")
        await client.query("INSERT INTO notes VALUES ('kept')")
      })
      await expect(lost).rejects.toMatchObject({ code: '23505' })
      await withTransaction(pool, () => note('nested'))
    })
    await unit.commit('SELECT')
    expect(await notes()).toEqual(['kept', 'nested'])
  })

  test('is committed whatever is made of that, and waits for who tells of it', async () => {
    const told: (string[] | string)[] = []
    const tell = () => onceCommitted(async () => void told.push(await notes()))
    await tell()
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    await unit.run(async () => {
      await note('a')
      await tell()
      await onceCommitted(async () => fail())
      afterCommit(fail)
    })
    expect(told).toEqual([[]])
    await unit.commit('SELECT')
    expect(told).toEqual([[], ['a']])
  })

  test('knows the tenant of a transaction within it', async () => {
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    const project = unit.run(() =>
      withTenant(pool, testTenant('3'), async (client) => {
        const { rows } = await client.query("SELECT current_setting('dure.project') AS project")
        return rows[0].project
      }),
    )
    expect(await project).toBe(testTenant('3').projectId)
    await unit.rollBack()
  })

  test('that is rolled back leaves nothing, and gives its connection back', async () => {
    const told: string[] = []
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    await unit.run(async () => {
      await note('lost')
      afterCommit(() => told.push('never'))
    })
    await unit.rollBack()
    expect([await notes(), told]).toEqual([[], []])
    expect(await notes(pool)).toEqual([])
  })

  test('that cannot be committed says so, and that cannot begin, too', async () => {
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    await unit.run(() => note('a'))
    await expect(unit.commit("INSERT INTO notes VALUES ('a')")).rejects.toMatchObject({
      code: '23505',
    })
    await expect(openUnitOfWork(pool, 'SELECT 1/0')).rejects.toMatchObject({ code: '22012' })
    expect(await notes(pool)).toEqual([])
  })

  test('that is over is no place for what comes late: it has a connection of its own', async () => {
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    const late = unit.run(async () => {
      await unit.rollBack()
      await note('late')
      let told = ''
      afterCommit(() => {
        told = 'at once'
      })
      return told
    })
    expect([await late, await notes()]).toEqual(['at once', ['late']])
  })

  test('is that of its own pool only', async () => {
    const { unit } = await openUnitOfWork(pool, 'SELECT')
    await unit.run(() => outside.query("INSERT INTO notes VALUES ('elsewhere')"))
    await unit.rollBack()
    expect(await notes()).toEqual(['elsewhere'])
  })
})

test('what fails in a transaction outside of a unit is rolled back as ever', async () => {
  await expect(withTransaction(pool, async () => fail())).rejects.toThrow('changed our mind')
  expect(await notes()).toEqual([])
})
