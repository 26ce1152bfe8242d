import { describe, expect, test } from 'vitest'
import {
  bannedWords,
  dependencyProblems,
  importProblems,
  type Kind,
  type Project,
} from './architecture.ts'
import { importsOf, nxDependencies, readProjects, sourceFiles } from './projects.ts'
import { filesIn, isForTests, read } from './repository.ts'

const projects = readProjects()

describe('this repository', () => {
  test.each(projects.map((project) => [project.name, project] as const))(
    '%s imports only what its kind may import',
    (_name, project) => {
      const problems = sourceFiles(project).flatMap((file) =>
        importProblems(file, project, projects),
      )

      expect(problems).toEqual([])
    },
  )

  test('the project graph of Nx has only the edges that the kinds allow', () => {
    const dependencies = nxDependencies()

    const problems = projects.flatMap((project) => {
      const targets = dependencies[project.name]
      expect(targets, `${project.name} is in the graph`).toBeDefined()
      return dependencyProblems(
        project,
        projects.filter(({ name }) => targets?.includes(name)),
      )
    })

    expect(problems).toEqual([])
    expect(dependencies['@dure/platform']?.toSorted()).toEqual(['@dure/contracts', '@dure/kernel'])
  })

  test('no app and no library makes code out of text, sends unsafe SQL or starts a program', () => {
    const found = [...filesIn('apps', '.ts'), ...filesIn('libs', '.ts')]
      .filter((path) => !isForTests(path))
      .flatMap((path) => bannedWords(read(path), path).map((word) => `${path}: ${word}`))

    expect(found).toEqual([])
  })
})

describe('the rules', () => {
  const project = (kind: Kind, folder: string, dependencies: string[] = []): Project => ({
    kind,
    folder,
    name: `@dure/${folder.split('/')[1]}`,
    dependencies,
    devDependencies: [],
  })
  const kernel = project('kernel', 'libs/kernel')
  const contracts = project('contracts', 'libs/contracts', ['typebox'])
  const engine = project('engine', 'libs/engine', ['@dure/kernel', '@dure/contracts'])
  const retrieval = project('retrieval', 'libs/retrieval', ['@dure/kernel'])
  const platform = project('platform', 'libs/platform', ['@dure/kernel', '@dure/contracts'])
  const model = project('testing', 'tools/scripted-model')
  const dev = project('tools', 'tools/dev', ['@dure/scripted-model'])
  const checks = project('tools', 'tools/checks', ['@dure/dev', '@dure/kernel', '@dure/retrieval'])
  const agent: Project = {
    ...project('app', 'apps/agent', ['@dure/kernel', '@dure/platform', '@dure/workflow']),
    devDependencies: ['@dure/scripted-model'],
  }
  const workflow = project('app', 'apps/workflow', ['@dure/kernel'])
  const world = [
    kernel,
    contracts,
    engine,
    retrieval,
    platform,
    model,
    dev,
    checks,
    agent,
    workflow,
  ]

  const problemsOf = (from: Project, path: string, specifier: string) =>
    importProblems({ path: `${from.folder}/${path}`, imports: [specifier] }, from, world)

  const right: [Project, string, string][] = [
    [kernel, 'src/ids.ts', './errors.ts'],
    [kernel, 'src/ids.test.ts', 'vitest'],
    [contracts, 'src/ids.ts', 'typebox/value'],
    [platform, 'src/http/service.ts', '@dure/kernel'],
    [platform, 'src/http/service.ts', 'node:http'],
    [agent, 'src/app.ts', '@dure/platform'],
    [agent, 'src/app.test.ts', '@dure/platform/testing'],
    [agent, 'src/models/testing/model.ts', '@dure/scripted-model'],
    [agent, 'src/tasks/service.test.ts', './testing/agent.ts'],
    [dev, 'src/up.ts', '@dure/scripted-model'],
    [checks, 'src/links.test.ts', '@dure/dev'],
    [checks, 'src/links.test.ts', '@dure/kernel'],
    [checks, 'src/links.test.ts', '@dure/retrieval'],
    [retrieval, 'src/korean/store.ts', 'node:fs'],
    [engine, 'src/run/decide.ts', '@dure/kernel'],
  ]
  for (const [from, path, specifier] of right) {
    test(`let ${from.folder}/${path} import ${specifier}`, () => {
      expect(problemsOf(from, path, specifier)).toEqual([])
    })
  }

  test.each([
    ['an app of another app', agent, 'src/app.ts', '@dure/workflow'],
    ['an app that it does not declare', workflow, 'src/app.ts', '@dure/platform'],
    ['a test tool outside of tests', agent, 'src/app.ts', '@dure/scripted-model'],
    ['a test tool of the platform outside of tests', agent, 'src/app.ts', '@dure/platform/testing'],
    ['its own test tool outside of tests', agent, 'src/app.ts', './tasks/testing/agent.ts'],
    ['another project by path', agent, 'src/app.ts', '../../workflow/src/app.ts'],
    ['its own manifest’s neighbour by path', agent, 'src/app.ts', '../../../package.json'],
    ['an app from the platform', platform, 'src/index.ts', '@dure/agent'],
    ['the platform from the kernel', kernel, 'src/ids.ts', '@dure/platform'],
    ['a package from the kernel', kernel, 'src/ids.ts', 'typebox'],
    ['Node from the kernel', kernel, 'src/ids.ts', 'node:crypto'],
    ['Node from the contracts', contracts, 'src/ids.ts', 'node:crypto'],
    ['a package other than typebox from the contracts', contracts, 'src/ids.ts', 'fastify'],
    ['the kernel from the contracts', contracts, 'src/ids.ts', '@dure/kernel'],
    ['anything of ours from a test tool', model, 'src/index.ts', '@dure/kernel'],
    ['the platform from a tool', checks, 'src/links.test.ts', '@dure/platform'],
    ['the platform from retrieval', retrieval, 'src/index.ts', '@dure/platform'],
    ['Node from the engine', engine, 'src/run/decide.ts', 'node:crypto'],
    ['the platform from the engine', engine, 'src/run/decide.ts', '@dure/platform'],
  ])('refuse %s', (_what, from, path, specifier) => {
    expect(problemsOf(from, path, specifier)).toHaveLength(1)
  })

  test('refuse edges that no import explains', () => {
    expect(dependencyProblems(agent, [kernel, platform, model])).toEqual([])
    expect(dependencyProblems(agent, [workflow])).toHaveLength(1)
    expect(dependencyProblems({ ...agent, dependencies: [model.name] }, [model])).toHaveLength(1)
  })

  test('see every way to import', () => {
    const text = `import a from 'a'; import 'b'; export { c } from 'c'
      const d = await import('d'); import type { E } from 'e'; export * from 'f'`

    expect(importsOf(text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  test.each([
    'const x = eval(text)',
    'return new Function(text)',
    'await db.$queryRawUnsafe(text)',
    'await db.$executeRawUnsafe(text)',
    "import { exec } from 'node:child_process'",
  ])('ban %s', (text) => {
    expect(bannedWords(text)).toHaveLength(1)
  })

  test('let one file start the parsers, and do nothing else that is banned', () => {
    const path = 'apps/knowledge/src/parsing/process/launch.ts'

    expect(bannedWords("import { spawn } from 'node:child_process'", path)).toEqual([])
    expect(bannedWords('eval(text)', path)).toHaveLength(1)
  })

  test('do not ban what only looks like it', () => {
    expect(bannedWords('retrieval(); db.$queryRaw`SELECT 1`; const f: Function = g')).toEqual([])
  })
})
