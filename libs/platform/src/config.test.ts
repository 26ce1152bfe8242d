import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { BackendConfig, loadConfig } from './config.ts'

const Config = Type.Object({
  PORT: Type.Integer({ maximum: 65_535, default: 3000 }),
  DATABASE_URL: Type.String({ minLength: 1 }),
})

test('reads numbers and fills in defaults', () => {
  const env = { PORT: '8080', DATABASE_URL: 'postgres://db' }

  expect(loadConfig(Config, env)).toEqual({ PORT: 8080, DATABASE_URL: 'postgres://db' })
  expect(loadConfig(Config, { ...env, PORT: '' })).toMatchObject({ PORT: 3000 })
})

test('names every mistake at once and shows no values', () => {
  const load = () => loadConfig(BackendConfig, { PORT: 'hunter2', ROLE: 'boss' })

  for (const name of ['PORT', 'ROLE', 'DATABASE_URL', 'IDENTITY_PUBLIC_KEY']) {
    expect(load).toThrow(name)
  }
  expect(load).not.toThrow(/hunter2|boss/)
})
