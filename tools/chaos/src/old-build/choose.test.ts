import { expect, test } from 'vitest'
import { chooseOldBuild } from './choose.ts'
import { createRepository, lockWith, temporaryFolder } from './testing/repository.ts'

test('the old build is the newest tag before this commit', async () => {
  const { root, git, commit } = createRepository()
  git('tag', 'v1')
  const second = commit()
  git('tag', 'v2')
  commit()
  git('tag', 'v3')

  expect(await chooseOldBuild(root)).toEqual({ ref: 'v2', commit: second })
})

test('without a tag it is the commit 20 back, along the first parents', async () => {
  const { root, git, advance } = createRepository()
  const first = git('rev-parse', 'HEAD')
  advance(19)
  git('checkout', '--quiet', '-b', 'other')
  advance(3)
  git('checkout', '--quiet', '-')
  git('merge', '--quiet', '--no-ff', '-m', 'a merge', 'other')

  expect(await chooseOldBuild(root)).toEqual({ ref: 'HEAD~20', commit: first })
})

test('a tag or a commit that is named is taken', async () => {
  const { root, git, commit } = createRepository()
  const first = git('rev-parse', 'HEAD')
  commit()
  git('tag', 'v1', first)
  git('tag', '-a', 'v2', '-m', 'annotated')
  commit()

  expect(await chooseOldBuild(root, 'v1')).toEqual({ ref: 'v1', commit: first })
  expect(await chooseOldBuild(root, 'HEAD~2')).toEqual({ ref: 'HEAD~2', commit: first })
  expect(await chooseOldBuild(root, first.slice(0, 10))).toMatchObject({ commit: first })
  expect(await chooseOldBuild(root, 'v2')).toMatchObject({ commit: git('rev-parse', 'HEAD^') })
})

test('there is none where git has no history', async () => {
  expect(await chooseOldBuild(temporaryFolder())).toEqual({
    reason: expect.stringContaining('run it in a clone'),
  })
})

test('there is none in a clone without the history', async () => {
  const { root, git, advance } = createRepository()
  git('tag', 'v1')
  advance(1)
  const shallow = temporaryFolder()
  git('clone', '--quiet', '--depth', '1', `file://${root}`, shallow)

  expect(await chooseOldBuild(shallow)).toEqual({
    reason: expect.stringMatching(/^there is no commit HEAD~20: .*--unshallow/),
  })
})

test('there is none when the name is of no commit', async () => {
  const { root } = createRepository()
  expect(await chooseOldBuild(root, 'v9')).toEqual({
    reason: expect.stringMatching(/^there is no commit v9: /),
  })
})

test('there is none when its packages are not installed', async () => {
  const { root, git, write, commit } = createRepository()
  git('tag', 'v1')
  write('package-lock.json', lockWith('9.0.0'))
  commit()

  expect(await chooseOldBuild(root)).toEqual({
    reason: expect.stringMatching(/^v1 needs other packages than are installed \(pg\): .*--old/),
  })
})
