import { expect, test } from 'vitest'
import { type Lock, missingPackages } from './packages.ts'

function lock(installed: Readonly<Record<string, string>>): Lock {
  const versions = Object.entries(installed).map(([path, version]) => [path, { version }])
  return {
    packages: {
      'apps/workflow': { dependencies: { pg: '*', '@dure/kernel': '*' } },
      'libs/kernel': { dependencies: { typebox: '*' } },
      'tools/chaos': { dependencies: { ioredis: '*' } },
      'node_modules/@dure/kernel': {},
      ...Object.fromEntries(versions),
    },
  }
}

const OLD = { 'node_modules/pg': '8.23.1', 'node_modules/typebox': '0.34.2' }

test.each([
  ['the same packages', OLD],
  ['compatible versions', { 'node_modules/pg': '8.30.0', 'node_modules/typebox': '0.34.9' }],
  [
    'a version of its own',
    { ...OLD, 'node_modules/pg': '9.0.0', 'apps/workflow/node_modules/pg': '8.1.0' },
  ],
])('an old build runs on %s', (_what, now) => {
  expect(missingPackages(lock(OLD), lock(now))).toEqual([])
})

test.each([
  ['is gone', { 'node_modules/typebox': '0.34.2' }, ['pg']],
  ['is another major version', { ...OLD, 'node_modules/pg': '9.0.0' }, ['pg']],
  ['is another minor version below 1', { ...OLD, 'node_modules/typebox': '0.35.0' }, ['typebox']],
])('an old build misses what %s', (_what, now, names) => {
  expect(missingPackages(lock(OLD), lock(now))).toEqual(names)
})

test('what the tools of an old build need is not asked for', () => {
  const old = lock({ ...OLD, 'node_modules/ioredis': '6.0.0' })
  expect(missingPackages(old, lock(OLD))).toEqual([])
})
