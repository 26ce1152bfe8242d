import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { prepareOldBuild } from './prepare.ts'
import { createRepository } from './testing/repository.ts'

test('an old build has its own packages of the repository, and shares all others', async () => {
  const { root, write, git, commit } = createRepository()
  write('.gitignore', '.data\nnode_modules\n')
  write('apps/workflow/package.json', '{ "name": "@dure/workflow", "main": "main.js" }')
  write('apps/workflow/main.js', 'old')
  const old = commit()
  write('apps/workflow/main.js', 'new')
  commit()
  write('node_modules/pg/index.js', '')
  write('apps/workflow/node_modules/nested/index.js', '')

  const folder = await prepareOldBuild(root, old, [])

  const service = join(folder, 'apps/workflow/main.js')
  const { resolve } = createRequire(pathToFileURL(service))
  expect(resolve('@dure/workflow')).toBe(realpathSync(service))
  expect(resolve('pg')).toBe(realpathSync(join(root, 'node_modules/pg/index.js')))
  expect(resolve('nested')).toContain(join('apps/workflow/node_modules/nested'))
  expect(git('show', `${old}:apps/workflow/main.js`)).toBe('old')
})

test('what was made once is taken again, and nothing else is left behind', async () => {
  const { root, git } = createRepository()
  const commit = git('rev-parse', 'HEAD')

  const first = await prepareOldBuild(root, commit, [])
  expect(await prepareOldBuild(root, commit, [])).toBe(first)
  expect(readdirSync(join(root, '.data/builds'))).toEqual([commit])
})

test('what could not be made is not there', async () => {
  const { root } = createRepository()
  await expect(prepareOldBuild(root, '0'.repeat(40), [])).rejects.toThrow('git archive')
  expect(existsSync(join(root, '.data/builds'))).toBe(true)
  expect(readdirSync(join(root, '.data/builds'))).toEqual([])
})
