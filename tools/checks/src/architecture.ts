import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { isForTests } from './repository.ts'

export type Kind =
  | 'kernel'
  | 'contracts'
  | 'client'
  | 'engine'
  | 'retrieval'
  | 'sandbox'
  | 'platform'
  | 'app'
  | 'testing'
  | 'tools'

/** Which kind of project may import which. Apps never meet in code, only on a queue or over HTTP. */
const MAY_IMPORT: Readonly<Record<Kind, readonly Kind[]>> = {
  kernel: [],
  contracts: [],
  // For those outside: it knows the API by its description alone.
  client: [],
  engine: ['kernel', 'contracts'],
  // Reads the files of its dictionary, and nothing else from outside.
  retrieval: ['kernel'],
  // Starts threads, and does nothing else outside.
  sandbox: ['kernel'],
  platform: ['kernel', 'contracts'],
  app: ['kernel', 'contracts', 'engine', 'retrieval', 'sandbox', 'platform'],
  testing: [],
  // What does no I/O: a tool runs the real engine, and never the I/O of a service.
  tools: ['tools', 'testing', 'kernel', 'contracts', 'engine', 'retrieval', 'sandbox', 'client'],
}

/** Kinds that may import nothing else that is not ours; the others may import what they declare. */
const PACKAGES: Partial<Record<Kind, readonly string[]>> = {
  kernel: [],
  contracts: ['typebox'],
  client: ['openapi-fetch'],
  engine: ['@marcbachmann/cel-js', 'lru-cache', 'typebox'],
}

export interface Project {
  readonly name: string
  readonly kind: Kind
  /** From the root of the repository, such as `apps/agent`. */
  readonly folder: string
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
}

export interface SourceFile {
  /** From the root of the repository. */
  readonly path: string
  readonly imports: readonly string[]
}

/** What is wrong with the imports of a file; empty when nothing is. */
export function importProblems(
  file: SourceFile,
  project: Project,
  projects: readonly Project[],
): string[] {
  return file.imports.flatMap((specifier) => {
    const problem = specifier.startsWith('.')
      ? relativeProblem(file, project, specifier)
      : packageProblem(file, project, { specifier, projects })
    return problem ? [`${file.path}: ${specifier} ${problem}`] : []
  })
}

function relativeProblem({ path }: SourceFile, { folder }: Project, specifier: string) {
  const target = posix.join(posix.dirname(path), specifier)
  if (!target.startsWith(`${folder}/`)) return 'leaves its project: import it by its package name'
  if (isForTests(target) && !isForTests(path)) return 'serves tests only'
  return undefined
}

function packageProblem(
  { path }: SourceFile,
  project: Project,
  { specifier, projects }: { specifier: string; projects: readonly Project[] },
) {
  const parts = specifier.split('/')
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  const ours = projects.find((other) => other.name === name)
  if (ours === undefined) return foreignProblem(path, project, specifier, name)
  if (specifier.endsWith('/testing') && !isForTests(path)) return 'serves tests only'
  if (name === project.name) return undefined
  if (!mayDependOn(project, ours, isForTests(path)))
    return `is ${ours.kind}: not for ${project.kind}`
  const declared = [...project.dependencies, ...(isForTests(path) ? project.devDependencies : [])]
  return declared.includes(name) ? undefined : 'is not declared in package.json'
}

function foreignProblem(path: string, { kind }: Project, specifier: string, name: string) {
  const allowed = PACKAGES[kind]
  if (!allowed || isForTests(path) || allowed.includes(name)) return undefined
  return `is not for ${kind}: ${isBuiltin(specifier) ? 'it does no I/O' : 'it stands on its own'}`
}

function mayDependOn(project: Project, other: Project, forTests: boolean): boolean {
  if (MAY_IMPORT[project.kind].includes(other.kind)) return true
  return forTests && other.kind === 'testing' && project.kind === 'app'
}

/** What is wrong with the projects that a project depends on, by its manifest or its imports. */
export function dependencyProblems(project: Project, targets: readonly Project[]): string[] {
  return targets
    .filter((target) => {
      const forTests = !project.dependencies.includes(target.name)
      return !mayDependOn(project, target, forTests)
    })
    .map((target) => `${project.name} must not depend on ${target.name}`)
}

/** What no text of a user may ever reach, and what our code has no need of. */
const BANNED: readonly RegExp[] = [
  /\beval\(/,
  /\bnew Function\b/,
  /\$queryRawUnsafe\b/,
  /\$executeRawUnsafe\b/,
  /\bchild_process\b/,
]

/** The one file that starts a program: the parsers of documents, caged and without a word of a user. */
const STARTS_PARSERS = 'apps/knowledge/src/parsing/process/launch.ts'

/** @param path of the file that the text is from, where it is one of ours */
export function bannedWords(text: string, path?: string): string[] {
  return BANNED.flatMap((banned) => text.match(banned)?.[0] ?? []).filter(
    (word) => !(word === 'child_process' && path === STARTS_PARSERS),
  )
}
